import type { LogitPairs } from './distribution-reader';

/** Natural logarithms are rounded to this, and what is further below the likeliest than all the steps together counts as none. */
const STEP = 32 / 0xfffe;
const NONE = 0xffff;
/** Stands for the logarithm of 0. */
const IMPOSSIBLE = -9_999;

/** e to the power of each step down. */
const WEIGHTS = Float64Array.from({ length: NONE + 1 }, (_, code) => (code === NONE ? 0 : Math.exp(-code * STEP)));

/**
 * What a model expects at one place, over its whole vocabulary, in two bytes a token: as many steps as it is below the
 * likeliest. Rounding moves a KL by about a ten-thousandth of a nat at one place, and either way.
 */
export type Expectation = Uint16Array;

export function expectationOf(pairs: LogitPairs): Expectation {
  const highest = highestOf(pairs);
  const codes = new Uint16Array(pairs.length / 2).fill(NONE);
  for (let index = 0; index < pairs.length; index += 2) {
    const code = Math.round((highest - (pairs[index + 1] ?? 0)) / STEP);
    codes[pairs[index] ?? 0] = Math.min(code, NONE);
  }
  return codes;
}

/** KL(kept‖other) in nats, from 0: Σ p (ln p − ln q), with both sums over the vocabulary taken in 64 bits. */
export function klFrom(kept: Expectation, pairs: LogitPairs): number {
  const highest = highestOf(pairs);
  let [weight, otherWeight, difference] = [0, 0, 0];
  for (let index = 0; index < pairs.length; index += 2) {
    const code = kept[pairs[index] ?? 0] ?? NONE;
    const other = Math.max(IMPOSSIBLE, (pairs[index + 1] ?? 0) - highest);
    const share = WEIGHTS[code] ?? 0;
    weight += share;
    otherWeight += Math.exp(other);
    difference += share * (-code * STEP - other);
  }
  return Math.max(0, difference / weight - Math.log(weight) + Math.log(otherWeight));
}

function highestOf(pairs: LogitPairs): number {
  let highest = -Infinity;
  for (let index = 1; index < pairs.length; index += 2) highest = Math.max(highest, pairs[index] ?? -Infinity);
  if (!Number.isFinite(highest)) throw new Error('llama.cpp gave no logits');
  return highest;
}
