import { Fault } from '@tandem/api/faults';
import { clientOf, policyOf } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { AccessTokens } from './access-tokens';

/** Lets nobody past who may not call the route. */
export function requireAccess(tokens: AccessTokens): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { access } = policyOf(request);
    const { role } = clientOf(request);
    if (access === 'public') return next();
    if (access === 'admin' && tokens.needAdmin && role !== 'admin') {
      throw refused(response, 'This needs the admin token: send "Authorization: Bearer" with the value of ADMIN_TOKEN.');
    }
    if (tokens.areNeeded && role === 'anyone') {
      throw refused(response, 'This server needs an access token: send it as "Authorization: Bearer", or sign in on the page.');
    }
    next();
  };
}

function refused(response: Response, message: string): Fault {
  response.setHeader('WWW-Authenticate', 'Bearer realm="Tandem"');
  return new Fault('unauthorized', message);
}
