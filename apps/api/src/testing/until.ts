import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 20;

/** Resolves as soon as it is so; rejects when it is not within 15 s, which is long for anything on a busy machine. */
export async function until(isSo: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  for (const deadline = performance.now() + deadlineMs; !(await isSo()); await delay(LOOK_MS)) {
    if (performance.now() > deadline) throw new Error(`It did not come to be within ${deadlineMs} ms.`);
  }
}
