import type { Run } from '@tandem/api/completion';
import { type BacklogText, streamWhenReady } from '@tandem/api/sse';
import type { Response } from 'express';
import { faultOf } from './run-fault';

/**
 * Answers with a run as it comes; the end of the response is the caller's. The head waits for the first of the answer, so
 * that what fails before has its own status. A client that leaves ends the run. Resolves with whether it stayed.
 * @throws Fault as long as no byte has gone out
 */
export function streamAnswer(run: Run, chunks: BacklogText, response: Response, pingMs?: number): Promise<boolean> {
  const isReady = (): boolean => {
    if (!run.hasText && !run.hasEnded) return false;
    const fault = run.hasText || response.headersSent ? undefined : faultOf(run);
    if (fault) throw fault;
    return true;
  };
  return streamWhenReady(run, chunks, isReady, response, pingMs);
}
