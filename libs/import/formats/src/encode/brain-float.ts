const QUIET = 0x40;
const SIGN = 0x8000;
const EXPONENT_STEP = 0x80;

/**
 * 32-bit floats, given as their bits, as bfloat16: the upper half, rounded to the nearest and of two to the even one.
 * Returns whether all of them are finite then.
 */
export function encodeBrainFloats(bits: Int32Array, brainFloats: Uint16Array): boolean {
  let carries = 0;
  for (let index = 0; index < bits.length; index++) {
    const encoded = brainFloat(bits[index] ?? 0);
    brainFloats[index] = encoded;
    carries |= (encoded & ~SIGN) + EXPONENT_STEP;
  }
  return (carries & SIGN) === 0;
}

function brainFloat(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | QUIET;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
