import { atLeast, checkCounts } from './binomial';

/**
 * The exact two-sided sign test: how likely a split at least as uneven as `k` of `n` is between equals. Only for a number of
 * trials that was fixed before; looked at after each, it finds a difference between equals far too often. Over pairs of which
 * just one side is right it is McNemar's exact test. 1 of no trials.
 */
export function signTest(k: number, n: number): number {
  checkCounts(k, n);
  return Math.min(1, 2 * atLeast(Math.max(k, n - k), n, 0.5));
}

/** Holm's correction (1979): p-values of several tests at once, each as it counts among all, in the order given. */
export function holm(pValues: readonly number[]): readonly number[] {
  const corrected = [...pValues];
  let least = 0;
  const ascending = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  for (const [rank, [index, p]] of ascending.entries()) {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * p));
    corrected[index] = least;
  }
  return corrected;
}
