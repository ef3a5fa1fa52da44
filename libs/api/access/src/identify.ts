import { type Client, policyOf } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { AccessTokens, Principal } from './access-tokens';
import { credentialOf } from './credential';
import type { Guesses } from './guesses';
import type { Sessions } from './sessions';

export interface Register {
  readonly tokens: AccessTokens;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
}

/** Finds out who sent a request. Only what was verified counts: a claim makes nobody another client. */
export function identify({ tokens, sessions, guesses }: Register): RequestHandler {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    const { token, session } = credentialOf(request);
    const address = addressOf(request);
    const principal = token === undefined ? undefined : tokens.verify(token);
    // other servers' clients send a token of their own to one that needs none
    const isGuess = token !== undefined && principal === undefined && (tokens.areNeeded || (tokens.needAdmin && policyOf(request).access === 'admin'));
    if (isGuess) await guesses.note(address);
    const signedIn = session === undefined ? undefined : sessions.find(session);
    request.sentBy = signedIn ? { ...clientFor(address, signedIn.principal), session: signedIn.key } : clientFor(address, principal);
    next();
  };
}

function clientFor(address: string, principal: Principal | undefined): Client {
  if (principal === undefined) return { key: address, owner: address, role: 'anyone' };
  return { key: `${principal.key} ${address}`, owner: principal.key, role: principal.isAdmin ? 'admin' : 'member' };
}

/** A network of its own counts as one address, as IPv6 gives everyone billions of them. This machine has one, however it is spelled. */
export function addressOf({ ip = '' }: Request): string {
  return ip === '::1' || ip === '::ffff:127.0.0.1' ? '127.0.0.1' : ipKeyGenerator(ip);
}
