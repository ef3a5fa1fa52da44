import { adminTokenNeeded, type Fault, operatorNeeded, tokenNeeded } from '@tandem/api/faults';
import { clientOf, policyOf } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { AccessTokens } from './access-tokens';
import { isFromThisMachine } from './own-machine';

/** Lets nobody past who may not call the route. */
export function requireAccess(tokens: AccessTokens): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { access } = policyOf(request);
    const { role } = clientOf(request);
    if (access === 'public') return next();
    if ((access === 'admin' || access === 'operator') && tokens.needAdmin && role !== 'admin') {
      throw refused(response, adminTokenNeeded());
    }
    if (access === 'operator' && !tokens.needAdmin && (tokens.areNeeded || !isFromThisMachine(request))) throw operatorNeeded();
    if (tokens.areNeeded && role === 'anyone') {
      throw refused(response, tokenNeeded());
    }
    next();
  };
}

function refused(response: Response, fault: Fault): Fault {
  response.setHeader('WWW-Authenticate', 'Bearer realm="Tandem"');
  return fault;
}
