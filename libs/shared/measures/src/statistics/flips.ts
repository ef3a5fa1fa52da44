import { signTest } from './sign-test';

/** What was found of one item, for each side: whether it was right. */
export interface JudgedPair {
  readonly baseline: boolean;
  readonly derivative: boolean;
}

/** How many items changed from right to wrong or back: what a difference of two averages hides (Dutta et al. 2024, arXiv 2407.09141). */
export interface Flips {
  /** Items that were judged. */
  readonly n: number;
  readonly count: number;
  /** From 0 to 1; null of no items. */
  readonly share: number | null;
  /** McNemar's exact test: `b` items that only the baseline got right, `c` that only the derivative did, and how likely so uneven a split is between equals. */
  readonly mcnemar: { readonly b: number; readonly c: number; readonly p: number };
}

export function flipsOf(pairs: readonly JudgedPair[]): Flips {
  const b = pairs.filter(({ baseline, derivative }) => baseline && !derivative).length;
  const c = pairs.filter(({ baseline, derivative }) => !baseline && derivative).length;
  const [n, count] = [pairs.length, b + c];
  return { n, count, share: n === 0 ? null : count / n, mcnemar: { b, c, p: signTest(c, count) } };
}
