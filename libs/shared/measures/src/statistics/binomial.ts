import { logChoose } from './log-choose';
import { Sum } from './sum';

/** ln of pᵏ(1 − p)ⁿ⁻ᵏ, with 0⁰ = 1. */
export function logLikelihoodOf(k: number, n: number, p: number): number {
  return (k === 0 ? 0 : k * Math.log(p)) + (n === k ? 0 : (n - k) * Math.log1p(-p));
}

/** What is smaller than this share of a sum does not change it. */
const TOO_SMALL = 1e-18;

/** How likely `k` or more of `n` are, each with the probability `p`. */
export function atLeast(k: number, n: number, p: number): number {
  if (k === 0 || p === 1) return 1;
  if (p === 0) return 0;
  // from the likeliest number on in both directions: far from it a probability may be too small to be told from none
  const start = Math.max(k, Math.min(n, Math.floor((n + 1) * p)));
  const likeliest = Math.exp(logChoose(n, start) + logLikelihoodOf(start, n, p));
  const odds = p / (1 - p);
  const sum = new Sum();
  for (let [hits, term] = [start, likeliest]; hits <= n && term > sum.value * TOO_SMALL; hits++) {
    sum.add(term);
    term *= ((n - hits) / (hits + 1)) * odds;
  }
  for (let [hits, term] = [start - 1, (likeliest * start) / (n - start + 1) / odds]; hits >= k && term > sum.value * TOO_SMALL; hits--) {
    sum.add(term);
    term *= hits / (n - hits + 1) / odds;
  }
  return Math.min(1, sum.value);
}

/** Refuses what are no counts. */
export function checkCounts(k: number, n: number): void {
  if (Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n) return;
  throw new RangeError(`${k} of ${n} are no counts: both must be whole numbers, and 0 ≤ ${k} ≤ ${n}.`);
}
