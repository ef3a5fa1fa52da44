import { atLeast, checkCounts } from './binomial';
import { boundaryOf } from './boundary';

/** Of a share: both from 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution's 97.5th percentile. */
export const Z_95 = 1.959963984540054;

/** Wilson's 95 % interval of a share, for a number of trials that was fixed before (Wilson 1927). All of 0 to 1 for no trials. */
export function wilsonInterval(k: number, n: number): Interval {
  checkCounts(k, n);
  return n === 0 ? { low: 0, high: 1 } : wilsonAround(k / n, n);
}

/** The same around a share of `n` independent findings, which need not be whole. */
export function wilsonAround(share: number, n: number): Interval {
  const spread = Z_95 ** 2 / n;
  const centre = share + spread / 2;
  const half = Z_95 * Math.sqrt((share * (1 - share) + spread / 4) / n);
  const bound = (value: number): number => value / (1 + spread);
  return { low: share === 0 ? 0 : bound(centre - half), high: share === 1 ? 1 : bound(centre + half) };
}

/** Clopper and Pearson's 95 % interval: never too narrow, so often wider than needed (1934). For a number of trials that was fixed before. */
export function clopperPearsonInterval(k: number, n: number): Interval {
  checkCounts(k, n);
  const lowest = (hits: number): number => (hits === 0 ? 0 : boundaryOf(0, 1, (p) => atLeast(hits, n, p) <= 0.025));
  return { low: lowest(k), high: 1 - lowest(n - k) };
}
