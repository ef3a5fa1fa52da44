/**
 * How long a test waits for what is to come, in milliseconds: a guard against hanging, shorter than a test may take, so that it says
 * what did not come. How soon that is, no test says: a busy machine takes its time.
 */
export const PATIENCE_MS = 60_000;

/** For what must end by itself: aborted so late that it is never this that ends it. */
export function patient(): AbortSignal {
  return AbortSignal.timeout(PATIENCE_MS);
}
