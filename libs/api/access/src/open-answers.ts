import { clientOf, type Departures } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** How long what is being answered has to end by itself, in milliseconds. */
const LAST_WORDS_MS = 2_000;

/** Closes the connections of clients that may not go on, once they were told so. */
export function closeOnDeparture(departures: Departures): RequestHandler {
  const open = new Set<{ readonly request: Request; readonly response: Response }>();
  departures.all.subscribe((isGone) => {
    const left = [...open].filter(({ request }) => isGone(clientOf(request)));
    setTimeout(() => left.forEach(({ response }) => response.destroyed || response.writableFinished || response.destroy()), LAST_WORDS_MS).unref();
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const answer = { request, response };
    open.add(answer);
    response.once('close', () => open.delete(answer));
    next();
  };
}
