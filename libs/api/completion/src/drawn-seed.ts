import { randomInt } from 'node:crypto';

/** Some model servers hold seeds in 32 bits, with a sign. */
const LIMIT = 2 ** 31;

/** A seed that every model server takes, as it takes each of the `further` that come behind it. */
export function drawSeed(further = 0): number {
  return randomInt(LIMIT - further);
}
