import type { Run } from '@tandem/api/completion';
import { streamAtOnce } from '@tandem/api/sse';
import type { StreamFrame } from '@tandem/shared/contracts';
import type { Response } from 'express';

/** Answers with a run's frames after number `after`, as server-sent events that carry their ids. */
export function sendEvents(run: Run, response: Response, after = 0): void {
  response.setHeader('X-Stream-Id', run.id);
  const idPrefix = `id: ${run.id}.`;
  streamAtOnce(run, (number) => `${idPrefix}${number}\ndata: ${jsonOf(run.frame(number))}\n\n`, response, after);
}

/** As `JSON.stringify` writes it, which takes several times as long for an object as for its text. */
function jsonOf(frame: StreamFrame): string {
  const isPlain = !frame.done && !('phase' in frame) && !('tool_call' in frame) && !('reasoning' in frame);
  return isPlain ? `{"token":${JSON.stringify(frame.token)},"done":false}` : JSON.stringify(frame);
}
