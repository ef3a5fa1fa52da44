import { atLeast, checkCounts } from './binomial';
import { boundaryOf } from './boundary';

/** Of a share: both from 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution's 97.5th percentile. */
const Z_95 = 1.959963984540054;

/** Wilson's 95 % interval of a share, for a number of trials that was fixed before (Wilson 1927). All of 0 to 1 for no trials. */
export function wilsonInterval(k: number, n: number): Interval {
  checkCounts(k, n);
  if (n === 0) return { low: 0, high: 1 };
  const share = k / n;
  const spread = Z_95 ** 2 / n;
  const centre = share + spread / 2;
  const half = Z_95 * Math.sqrt((share * (1 - share) + spread / 4) / n);
  const bound = (value: number): number => value / (1 + spread);
  return { low: k === 0 ? 0 : bound(centre - half), high: k === n ? 1 : bound(centre + half) };
}

/** Clopper and Pearson's 95 % interval: never too narrow, so often wider than needed (1934). For a number of trials that was fixed before. */
export function clopperPearsonInterval(k: number, n: number): Interval {
  checkCounts(k, n);
  const lowest = (hits: number): number => (hits === 0 ? 0 : boundaryOf(0, 1, (p) => atLeast(hits, n, p) <= 0.025));
  return { low: lowest(k), high: 1 - lowest(n - k) };
}
