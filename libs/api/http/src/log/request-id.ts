import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const ACCEPTED = /^[\w.:+/=-]{1,128}$/;

declare module 'express' {
  interface Request {
    requestId?: string;
  }
}

/** Takes the caller's `X-Request-Id` where it is well-formed, makes one where it is not, and returns it. */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const offered = request.headers['x-request-id'];
  const requestId = typeof offered === 'string' && ACCEPTED.test(offered) ? offered : randomUUID();
  request.requestId = requestId;
  response.setHeader('X-Request-Id', requestId);
  next();
}
