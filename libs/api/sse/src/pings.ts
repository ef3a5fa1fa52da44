import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';

/** A comment goes out after this much silence, so that no proxy on the way takes the connection for dead. */
const PING_MS = 15_000;

/** Sends a comment at once, and again after every `pingMs` without an event. */
export function withPings(events: Observable<MessageEvent>, pingMs = PING_MS): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    subscriber.next({ comment: 'tandem' } as MessageEvent);
    const timer = setInterval(() => subscriber.next({ comment: 'ping' } as MessageEvent), pingMs);
    subscriber.add(() => clearInterval(timer));
    subscriber.add(
      events.subscribe({
        next: (event) => {
          timer.refresh();
          subscriber.next(event);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });
}
