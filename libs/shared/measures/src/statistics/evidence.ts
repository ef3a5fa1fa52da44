import { checkCounts, logLikelihoodOf } from './binomial';
import { boundaryOf } from './boundary';
import type { Interval } from './intervals';
import { logChoose } from './log-choose';

/** Evidence of at least this decides: between equals, however often one looks, at most one vote in twenty ever comes that far (Ville). */
export const DECIDING_EVIDENCE = 20;

/** ln of the evidence against the share `p`: the mean likelihood of all shares over the likelihood of that one. */
function logEvidenceAgainst(p: number, k: number, n: number): number {
  return -Math.log(n + 1) - logChoose(n, k) - logLikelihoodOf(k, n, p);
}

/**
 * How much `k` of `n` decisive votes speak against "both are equally good": E = 2ⁿ / ((n + 1) · C(n, k)). 1 says nothing, below 1
 * speaks for equality. It may be looked at after every vote. At most `Number.MAX_VALUE`.
 */
export function evidenceOf(k: number, n: number): number {
  checkCounts(k, n);
  return Math.min(Number.MAX_VALUE, Math.exp(logEvidenceAgainst(0.5, k, n)));
}

/** Every share that `k` of `n` decisive votes do not decide against: at 95 %, and valid after every vote. */
export function anytimeInterval(k: number, n: number): Interval {
  checkCounts(k, n);
  if (n === 0) return { low: 0, high: 1 };
  const isOpen = (p: number): boolean => logEvidenceAgainst(p, k, n) < Math.log(DECIDING_EVIDENCE);
  return { low: boundaryOf(k / n, 0, isOpen), high: boundaryOf(k / n, 1, isOpen) };
}
