import type { ServerResponse } from 'node:http';
import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import { type Backlog, EventWriter } from './event-writer';
import { keptAlive } from './keep-alive';
import { heldBack, outletOf } from './response-outlet';

/** How long the head and the first comment wait for the first frame, to leave with it as one write, in milliseconds. */
const HEAD_WAIT_MS = 5;

/**
 * A backlog after number `after` as what `@Sse` answers with. Nest opens the answer, sends its head and the comments, and
 * closes it; the frames go to the response themselves, see `EventWriter`.
 */
export function streamPastNest(backlog: Backlog, textOf: (number: number) => string, response: ServerResponse, after = 0): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const letGo = heldBack(response.socket, HEAD_WAIT_MS);
    subscriber.add(letGo);
    const frames = new Observable<MessageEvent>((own) => {
      const writer = new EventWriter(backlog, outletOf(response, letGo), textOf, after, () => own.complete());
      return () => writer.close();
    });
    keptAlive(frames).subscribe(subscriber);
  });
}
