import { DECIDING_EVIDENCE, evidenceOf } from './evidence';

/** More votes than anyone will cast. */
const MOST = 1_000_000;

/**
 * How many decisive votes it takes to decide, if the derivative goes on to win the share `rate` of them, 0 to 1: the smallest N
 * from which every n ≥ N with k = round(rate · n) has deciding evidence. Null where that is more than a million.
 */
export function votesNeeded(rate: number): number | null {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`A share of votes is from 0 to 1, not ${rate}.`);
  const share = Math.max(rate, 1 - rate);
  let n = 1;
  while (!decidesFromHereOn(share, n)) {
    n *= 2;
    if (n > 2 * MOST) return null;
  }
  while (n > 1 && evidenceOf(Math.round(share * (n - 1)), n - 1) >= DECIDING_EVIDENCE) n -= 1;
  return n > MOST ? null : n;
}

/**
 * C(n, k) is at most 2 to the power of n times the entropy of k / n, which gives a least evidence; rounding costs half a vote.
 * Once that least evidence decides, it only grows with n.
 */
function decidesFromHereOn(share: number, n: number): boolean {
  const least = share - 1 / (2 * n);
  if (least <= 0.5) return false;
  const gain = Math.LN2 + least * Math.log(least) + (1 - least) * Math.log1p(-least);
  return n * gain - Math.log(n + 1) >= Math.log(DECIDING_EVIDENCE);
}
