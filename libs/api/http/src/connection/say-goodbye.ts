import type { NextFunction, Request, Response } from 'express';
import type { Readiness } from '../readiness';

/**
 * Asks whoever keeps a connection to open the next one elsewhere, once this process is leaving, and closes those that were
 * asked for to be closed. Streams write a `Connection: keep-alive` of their own, whatever was asked.
 */
export function sayGoodbye(readiness: Readiness) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (readiness.isLeaving) response.setHeader('Connection', 'close');
    if (readiness.isLeaving || /\bclose\b/i.test(request.headers.connection ?? '')) response.once('finish', () => request.socket.end());
    next();
  };
}
