import { type Interval, wilsonAround, Z_95 } from './intervals';
import { standardErrorOf } from './standard-error';
import { meanOf } from './sum';

/** A mean with what it may be: the interval is of 95 %. */
export interface Estimate {
  readonly value: number;
  /** Null of fewer than two clusters, which tell nothing of how clusters differ. */
  readonly interval: Interval | null;
  /** How many values it is of. */
  readonly n: number;
}

/**
 * The mean over all values, in their unit, of which none may be below 0; what belongs together, such as the repeats of one prompt, is
 * one cluster. Its interval is taken on the logarithm and turned back: the mean by e to ±1.96 standard errors over the mean, which by
 * the delta method is the standard error of its logarithm. So it stays above 0, as what it tells of does. Null of no values.
 */
export function clusteredMean(clusters: readonly (readonly number[])[]): Estimate | null {
  const values = clusters.flat();
  if (values.length === 0) return null;
  const value = meanOf(values);
  const error = standardErrorOf(clusters);
  if (error === null) return { value, interval: null, n: values.length };
  const factor = value === 0 ? 1 : Math.exp((Z_95 * error) / value);
  return { value, interval: { low: value / factor, high: value * factor }, n: values.length };
}

/**
 * The share of what holds, from 0 to 1. Its interval is Wilson's, over as many independent findings as the clusters are worth
 * (Dean and Pagano 2015): it stays within 0 and 1, and is no single point where everything holds. Null of no values.
 */
export function clusteredShare(clusters: readonly (readonly boolean[])[]): Estimate | null {
  const filled = clusters.filter(({ length }) => length > 0).map((cluster) => cluster.map(Number));
  const values = filled.flat();
  if (values.length === 0) return null;
  const share = meanOf(values);
  const error = standardErrorOf(filled);
  if (error === null) return { value: share, interval: null, n: values.length };
  // where all clusters agree they tell nothing of how alike the values of one are: then each counts once
  const worth = error === 0 ? filled.length : Math.min(values.length, (share * (1 - share)) / error ** 2);
  return { value: share, interval: wilsonAround(share, worth), n: values.length };
}
