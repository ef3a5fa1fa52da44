import { Fault } from '@tandem/api/platform';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { AccessTokens } from './access-tokens';
import { credentialOf } from './credential';

/** The probes of an orchestrator, the way to sign in, and the page's own files, which hold nothing that is secret. */
const OPEN = /^\/(?:healthz|readyz|api\/session|compare|chat(?:\/[\w-]+)?|models|[\w.-]+\.(?:js|css|svg|png|ico|html|webmanifest)|media\/[\w.-]+\.woff2?)?$/;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets nobody without a token past what `OPEN` names; what is added later is closed until someone opens it. */
export function requireToken(tokens: AccessTokens): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!tokens.areNeeded || OPEN.test(request.path)) return next();
    const { token, isFromCookie } = credentialOf(request);
    if (!tokens.admit(token)) {
      response.setHeader('WWW-Authenticate', 'Bearer realm="Tandem"');
      throw new Fault('unauthorized', 'This server needs an access token: send it as "Authorization: Bearer", or sign in on the page.');
    }
    if (isFromCookie && !SAFE.has(request.method) && !isOwnPage(request)) {
      throw new Fault('forbidden', 'A signed-in page may only be used from its own origin. Send the token as "Authorization: Bearer" instead.');
    }
    next();
  };
}

/** Whether the page that sent this is ours: a browser says so itself, and no page can make it say otherwise. */
function isOwnPage({ headers, host }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined || URL.parse(headers.origin)?.host === host;
}
