import type { MessageEvent } from '@nestjs/common';
import type { Run } from '@tandem/api/completion';
import { streamPastNest } from '@tandem/api/sse';
import type { StreamFrame } from '@tandem/shared/contracts';
import type { Response } from 'express';
import type { Observable } from 'rxjs';

/** A run's frames after number `after`, as server-sent events that carry their ids. */
export function eventsOf(run: Run, response: Response, after = 0): Observable<MessageEvent> {
  const idPrefix = `id: ${run.id}.`;
  return streamPastNest(run, (number) => `${idPrefix}${number}\ndata: ${jsonOf(run.frame(number))}\n\n`, response, after);
}

/** As `JSON.stringify` writes it, which takes several times as long for an object as for its text. */
function jsonOf(frame: StreamFrame): string {
  const isPlain = !frame.done && !('phase' in frame) && !('tool_call' in frame) && !('reasoning' in frame);
  return isPlain ? `{"token":${JSON.stringify(frame.token)},"done":false}` : JSON.stringify(frame);
}
