import type { ServerResponse } from 'node:http';
import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import { type Backlog, EventWriter } from './event-writer';
import { keptAlive } from './keep-alive';
import { inOneWrite, outletOf } from './response-outlet';

/**
 * A backlog after number `after` as what `@Sse` answers with. Nest opens the answer, sends its head and the comments, and
 * closes it; the frames go to the response themselves, see `EventWriter`.
 */
export function streamPastNest(backlog: Backlog, textOf: (number: number) => string, response: ServerResponse, after = 0): Observable<MessageEvent> {
  return keptAlive(
    new Observable((subscriber) => {
      // the head and the first comment
      inOneWrite(response.socket);
      const writer = new EventWriter(backlog, outletOf(response), textOf, after, () => subscriber.complete());
      return () => writer.close();
    }),
  );
}
