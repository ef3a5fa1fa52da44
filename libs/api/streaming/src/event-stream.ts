import type { MessageEvent } from '@nestjs/common';
import type { NumberedFrame, Run } from '@tandem/api/completion';
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

/** A run's frames after number `after`, as server-sent events that carry their ids. */
export function eventsOf(run: Run, after = 0): Observable<MessageEvent> {
  return withPings(
    new Observable((subscriber) =>
      run.follow(after).subscribe({
        next: ({ number, json }: NumberedFrame) => subscriber.next({ id: `${run.id}.${number}`, data: json }),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    ),
  );
}
