import type { Deadlines } from '../connection/deadlines';

const NEVER_MS = 600_000;

/** No deadline that a test does not name is over before the test: a busy machine may be late with anything. */
export const UNHURRIED = {
  connectMs: NEVER_MS,
  headersMs: NEVER_MS,
  silenceMs: NEVER_MS,
  finishMs: NEVER_MS,
  documentMs: NEVER_MS,
  asideMs: NEVER_MS,
} satisfies Partial<Deadlines>;
