/**
 * Waits for `work`, however it ends, and calls `cancel` once if the signal is aborted before that; at once if it already is. What
 * becomes of the work then is the work's own to say.
 */
export async function cancelledBy<T>(work: Promise<T>, signal: AbortSignal | undefined, cancel: () => void): Promise<T> {
  if (signal === undefined) return work;
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
