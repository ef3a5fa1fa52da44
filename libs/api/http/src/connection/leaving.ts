import type { Response } from 'express';

/** Aborted when the client goes before it has its answer; one that stays costs no error of an abort. */
export function leavingOf(response: Response): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}
