import { FrameWriter, type Run } from '@tandem/api/completion';
import { KeepAlive, outletOf } from '@tandem/api/sse';
import type { Response } from 'express';
import { faultOf } from './run-fault';

/** What a run is on the wire. */
export interface RunText {
  /** Before the first frame. */
  readonly opening: string;
  textOf(number: number): string;
}

/**
 * Answers with a run as it comes, as fast as the client takes it; the end of the response is the caller's. The head waits
 * for the first of the answer, or for the first comment, so that what fails before has its own status. A client that
 * leaves ends the run. Resolves with whether it stayed.
 * @throws Fault as long as no byte has gone out
 */
export function streamAnswer(run: Run, chunks: RunText, response: Response, pingMs?: number): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    let writer: FrameWriter | undefined;
    let unwatch = (): void => undefined;
    const begin = (): void => {
      if (writer) return;
      openStream(response);
      // asked for once: it may count
      const { opening } = chunks;
      if (opening !== '') response.write(opening);
      const textOf = (number: number): string => {
        keepAlive.sent();
        return chunks.textOf(number);
      };
      writer = new FrameWriter(run, outletOf(response), textOf, 0, () => settle(true));
      unwatch();
    };
    const keepAlive = new KeepAlive(() => {
      begin();
      if (!response.writableNeedDrain) response.write(': ping\n');
    }, pingMs);
    const settle = (isThere: boolean): void => {
      keepAlive.stop();
      writer?.close();
      unwatch();
      response.off('close', onClose);
      resolve(isThere);
    };
    const onClose = (): void => settle(false);
    unwatch = run.watch(() => {
      if (writer || !(run.hasText || run.hasEnded)) return;
      const fault = run.hasText || response.headersSent ? undefined : faultOf(run);
      if (!fault) return begin();
      keepAlive.stop();
      response.off('close', onClose);
      reject(fault);
    }).leave;
    if (writer) unwatch();
    response.once('close', onClose);
  });
}

function openStream(response: Response): void {
  if (response.headersSent) return;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
}
