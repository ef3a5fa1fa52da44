import { atLeast } from './binomial';
import { medianOf } from './quantile';

/** What repeated measurements say, in their unit. */
export interface Spread {
  readonly median: number;
  /** The median's interval of at least 95 %, whatever the distribution is; null of fewer than six values, which allow none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** The narrowest pair of values, as many from either end, between which the true median lies in at least 95 of 100 cases. Null of no values. */
export function spreadOf(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  // the median lies below the r-th smallest value where at least n − r + 1 values are above it
  let outside = 0;
  while (2 * (outside + 1) <= n && 2 * atLeast(n - outside, n, 0.5) <= 0.05) outside += 1;
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[outside - 1], sorted[n - outside]];
  return { median: medianOf(values), interval: low === undefined || high === undefined ? null : { low, high } };
}
