import { DECIDING_EVIDENCE, evidenceOf } from './evidence';
import { Z_95 } from './intervals';

/** More votes than anyone will cast. */
const MOST = 1_000_000;

/**
 * How many decisive votes it takes to decide, if the derivative goes on to win the share `rate` of them, 0 to 1: the smallest N
 * from which every n ≥ N with k = round(rate · n) has deciding evidence. Null where that is more than a million.
 */
export function votesNeeded(rate: number): number | null {
  checkRate(rate);
  const share = Math.max(rate, 1 - rate);
  let [tooFew, n] = [0, 1];
  while (!decidesFromHereOn(share, n)) {
    [tooFew, n] = [n, 2 * n];
    if (n > 2 * MOST) return null;
  }
  while (n - tooFew > 1) {
    const middle = Math.floor((tooFew + n) / 2);
    if (decidesFromHereOn(share, middle)) n = middle;
    else tooFew = middle;
  }
  // from there it is not far: only as far as rounding costs
  while (n > 1 && evidenceOf(Math.round(share * (n - 1)), n - 1) >= DECIDING_EVIDENCE) n -= 1;
  return n > MOST ? null : n;
}

/** The standard normal distribution's 80th percentile. */
const Z_80_POWER = 0.8416212335729143;

/**
 * How many decisive votes a test with a number fixed before takes to find, in 8 of 10 cases and at 5 %, that the derivative wins
 * the share `rate` of them, 0 to 1: the usual normal approximation. Null where that is more than a million.
 */
export function votesForPower(rate: number): number | null {
  checkRate(rate);
  const n = Math.ceil(((Z_95 / 2 + Z_80_POWER * Math.sqrt(rate * (1 - rate))) / (rate - 0.5)) ** 2);
  return n > MOST ? null : n;
}

function checkRate(rate: number): void {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`A share of votes is from 0 to 1, not ${rate}.`);
}

/**
 * C(n, k) is at most 2 to the power of n times the entropy of k / n, over the root of 2πn · k / n · (1 − k / n) where that is more
 * than 1 (Stirling), which gives a least evidence; rounding costs half a vote. Once that least evidence decides, it only grows with n.
 */
function decidesFromHereOn(share: number, n: number): boolean {
  const least = share - 1 / (2 * n);
  if (least <= 0.5) return false;
  const most = Math.min(1, share + 1 / (2 * n));
  const gain = Math.LN2 + least * Math.log(least) + (1 - least) * Math.log1p(-least);
  const spread = Math.max(0, Math.log(2 * Math.PI * n * most * (1 - most)) / 2);
  return n * gain + spread - Math.log(n + 1) >= Math.log(DECIDING_EVIDENCE);
}
