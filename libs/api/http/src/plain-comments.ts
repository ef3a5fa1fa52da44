import type { NextFunction, Request, Response } from 'express';
import { routeOf } from './route/request-route';

/** Comments, and the blank line that would make an event of them; or nothing but that line. */
const NO_EVENT = /^(?::[^\n]*\n)*\n$/;

/**
 * Takes the blank line off what holds no event. The standard's parsers drop an event without data; some clients, such as
 * `@microsoft/fetch-event-source`, hand it over, and JSON without a character in it is none.
 */
export function sendPlainComments(request: Request, response: Response, next: NextFunction): void {
  if (routeOf(request)?.isStream !== true) return next();
  const write = response.write.bind(response) as (...given: unknown[]) => boolean;
  response.write = (chunk: unknown, ...others: unknown[]): boolean => {
    const text = typeof chunk === 'string' && NO_EVENT.test(chunk) ? chunk.slice(0, -1) : chunk;
    return text === '' ? !response.writableNeedDrain : write(text, ...others);
  };
  next();
}
