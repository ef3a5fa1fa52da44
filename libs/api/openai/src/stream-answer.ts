import { FrameWriter, type Run } from '@tandem/api/completion';
import type { Response } from 'express';
import type { AnswerChunks } from './answer-chunks';
import { faultOf } from './run-fault';

/** A comment goes out after this much silence, in milliseconds. */
const PING_MS = 15_000;

/**
 * Answers with a run as it comes, as fast as the client takes it. The head waits for the first of the answer, or for the
 * first comment, so that what fails before has its own status. A client that leaves ends the run.
 * @throws Fault as long as no byte has gone out
 */
export function streamAnswer(run: Run, chunks: AnswerChunks, response: Response, pingMs = PING_MS): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve, reject) => {
    let writer: FrameWriter | undefined;
    let unwatch = (): void => undefined;
    const begin = (): void => {
      if (writer) return;
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
      response.flushHeaders();
      if (chunks.opening !== '') response.write(chunks.opening);
      const textOf = (number: number): string => {
        pings.refresh();
        return chunks.textOf(number);
      };
      writer = new FrameWriter(run, response, textOf, 0, () => response.end());
      unwatch();
    };
    const pings = setInterval(() => {
      begin();
      if (!response.writableNeedDrain) response.write(': ping\n\n');
    }, pingMs);
    unwatch = run.watch(() => {
      if (writer || !(run.hasText || run.hasEnded)) return;
      const fault = run.hasText ? undefined : faultOf(run);
      if (!fault) return begin();
      clearInterval(pings);
      reject(fault);
    }).leave;
    if (writer) unwatch();
    response.once('close', () => {
      clearInterval(pings);
      writer?.close();
      unwatch();
      resolve();
    });
  });
}
