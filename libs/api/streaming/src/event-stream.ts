import type { MessageEvent } from '@nestjs/common';
import type { NumberedFrame, Run } from '@tandem/api/completion';
import { withPings } from '@tandem/api/platform';
import { Observable } from 'rxjs';

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
