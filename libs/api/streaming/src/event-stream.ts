import type { MessageEvent } from '@nestjs/common';
import type { Run } from '@tandem/api/completion';
import { streamPastNest } from '@tandem/api/sse';
import type { Response } from 'express';
import type { Observable } from 'rxjs';

/** A run's frames after number `after`, as server-sent events that carry their ids. */
export function eventsOf(run: Run, response: Response, after = 0): Observable<MessageEvent> {
  const idPrefix = `id: ${run.id}.`;
  return streamPastNest(run, (number) => `${idPrefix}${number}\ndata: ${JSON.stringify(run.frame(number))}\n\n`, response, after);
}
