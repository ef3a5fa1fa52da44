import type { NextFunction, Request, Response } from 'express';
import type { Readiness } from './readiness';

/** Asks whoever keeps a connection to open the next one elsewhere, once this process is leaving. */
export function sayGoodbye(readiness: Readiness) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    if (readiness.isLeaving) response.setHeader('Connection', 'close');
    next();
  };
}
