import { logChoose } from './log-choose';
import { Sum } from './sum';

/** ln of pᵏ(1 − p)ⁿ⁻ᵏ, with 0⁰ = 1. */
export function logLikelihoodOf(k: number, n: number, p: number): number {
  return (k === 0 ? 0 : k * Math.log(p)) + (n === k ? 0 : (n - k) * Math.log1p(-p));
}

/** How likely `k` or more of `n` are, each with the probability `p`. */
export function atLeast(k: number, n: number, p: number): number {
  const sum = new Sum();
  for (let hits = n; hits >= k; hits--) sum.add(Math.exp(logChoose(n, hits) + logLikelihoodOf(hits, n, p)));
  return Math.min(1, sum.value);
}

/** Refuses what are no counts. */
export function checkCounts(k: number, n: number): void {
  if (Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n) return;
  throw new RangeError(`${k} of ${n} are no counts: both must be whole numbers, and 0 ≤ ${k} ≤ ${n}.`);
}
