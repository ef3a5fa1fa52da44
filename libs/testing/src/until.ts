import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from './patience';

const LOOK_MS = 20;

/** Resolves as soon as it is so; rejects when it is not for as long as tests wait. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; !(await isSo()); await delay(LOOK_MS)) {
    if (performance.now() > deadline) throw new Error(`It did not come to be within ${PATIENCE_MS} ms.`);
  }
}

/** Resolves as soon as what is expected holds; rejects with what did not hold last, when that lasts for as long as tests wait. */
export async function eventually(expected: () => void | Promise<void>): Promise<void> {
  let unmet: unknown;
  await until(() =>
    Promise.resolve()
      .then(expected)
      .then(
        () => true,
        (error: unknown) => {
          unmet = error;
          return false;
        },
      ),
  ).catch(() => {
    throw unmet;
  });
}
