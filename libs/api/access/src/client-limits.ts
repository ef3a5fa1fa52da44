import { Fault } from '@tandem/api/platform';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { AccessTokens } from './access-tokens';
import { credentialOf } from './credential';

const MINUTE_MS = 60_000;
/** How many wrong tokens one client may try in a minute. */
const WRONG_TOKENS = 10;

/** Asked by machines at their own pace. */
const UNLIMITED = new Set(['/healthz', '/readyz', '/metrics']);
const STREAMS = /^\/(?:stream|api\/generate|v1\/(?:chat\/)?completions)\/?$/i;

/** One client: who it says it is, from where. A network of its own counts as one, as IPv6 gives everyone billions of addresses. */
function clientOf(request: Request): string {
  return `${ipKeyGenerator(request.ip ?? '')} ${credentialOf(request).token ?? ''}`;
}

function tooMany(message: string): (request: Request, response: Response, next: NextFunction) => void {
  return (_request, response, next) => {
    const seconds = Number(response.getHeader('Retry-After')) || MINUTE_MS / 1000;
    next(new Fault('rate_limited', message, { retryable: true, retryAfterSeconds: seconds }));
  };
}

/** At most `perMinute` requests of one client in a minute. */
export function limitRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: clientOf,
    skip: ({ path }) => UNLIMITED.has(path),
    handler: tooMany(`More than ${perMinute} requests came from this client within a minute. Wait, then send it again.`),
  });
}

/** At most `count` answers being made for one client at once. */
export function limitStreams(count: number): RequestHandler {
  const running = new Map<string, number>();
  return (request, response, next) => {
    if (!STREAMS.test(request.path)) return next();
    const client = clientOf(request);
    const now = running.get(client) ?? 0;
    if (now >= count) {
      throw new Fault('rate_limited', `${count} answers are being made for this client already. Wait for one to end, or stop one.`, {
        retryable: true,
        retryAfterSeconds: 1,
      });
    }
    running.set(client, now + 1);
    response.once('close', () => {
      const left = (running.get(client) ?? 1) - 1;
      if (left === 0) running.delete(client);
      else running.set(client, left);
    });
    next();
  };
}

/** Nobody guesses a token: only wrong ones count, and who has a right one is not held up by a neighbour who guesses. */
export function limitGuesses(tokens: AccessTokens): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: WRONG_TOKENS,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    skip: (request) => {
      const { token } = credentialOf(request);
      const isSigningIn = request.method === 'POST' && request.path === '/api/session';
      return !isSigningIn && (token === undefined || tokens.admit(token));
    },
    keyGenerator: ({ ip }) => ipKeyGenerator(ip ?? ''),
    handler: tooMany('Too many wrong access tokens came from this address. Wait a minute, then try again.'),
  });
}
