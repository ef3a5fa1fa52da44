const SIGN = 0x8000;
const INFINITE = 0x7c00;
const EXPONENT_STEP = 0x400;
const NOT_A_NUMBER = 0x7e00;
/** Bits of the 32-bit floats where the next range begins. */
const TOO_LARGE = 0x47800000;
const SMALLEST_NORMAL = 0x38800000;
const SMALLEST = 0x33000000;

/**
 * 32-bit floats, given as their bits, as 16-bit ones: rounded to the nearest, to the even one of two that are as near.
 * Returns whether all of them are finite then: asked in the same pass, as a second one would cost as much again.
 */
export function encodeHalfFloats(bits: Int32Array, halves: Uint16Array): boolean {
  let carries = 0;
  for (let index = 0; index < bits.length; index++) {
    const half = halfFloat(bits[index] ?? 0);
    halves[index] = half;
    // Carries into the sign where the exponent is the highest, which no finite value has.
    carries |= (half & ~SIGN) + EXPONENT_STEP;
  }
  return (carries & SIGN) === 0;
}

export function halfFloat(bits: number): number {
  const magnitude = bits & 0x7fffffff;
  const sign = (bits >>> 16) & SIGN;
  if (magnitude >= TOO_LARGE) return sign | (magnitude > 0x7f800000 ? NOT_A_NUMBER : INFINITE);
  // The exponent's bias differs by 112; a carry out of the fraction is the next exponent, as it should be.
  if (magnitude >= SMALLEST_NORMAL) return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
  return magnitude < SMALLEST ? sign : sign | subnormal(magnitude);
}

function subnormal(magnitude: number): number {
  const shift = 126 - (magnitude >>> 23);
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  return (fraction + (1 << (shift - 1)) - 1 + ((fraction >>> shift) & 1)) >>> shift;
}
