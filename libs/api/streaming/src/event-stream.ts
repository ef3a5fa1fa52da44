import type { MessageEvent } from '@nestjs/common';
import { FrameWriter, type Run } from '@tandem/api/completion';
import { keptAlive, outletOf } from '@tandem/api/sse';
import type { Response } from 'express';
import { Observable } from 'rxjs';

/**
 * A run's frames after number `after`, as server-sent events that carry their ids. Nest opens the answer, sends its
 * headers and the comments, and closes it; the frames go to the response themselves, see `FrameWriter`.
 */
export function eventsOf(run: Run, response: Response, after = 0): Observable<MessageEvent> {
  const idPrefix = `id: ${run.id}.`;
  const textOf = (number: number): string => `${idPrefix}${number}\ndata: ${JSON.stringify(run.frame(number))}\n\n`;
  return keptAlive(
    new Observable((subscriber) => {
      const writer = new FrameWriter(run, outletOf(response), textOf, after, () => subscriber.complete());
      return () => writer.close();
    }),
  );
}
