/** How long what is not needed at once waits for a quiet moment, in milliseconds. */
const LONGEST_MS = 2_000;

/** Does something when the page has nothing else to do: not every browser tells when that is. */
export function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: LONGEST_MS });
  else setTimeout(act, LONGEST_MS);
}
