const EXPONENT = 0x7f800000;
const HALF_EXPONENT = 0x7c00;
const BRAIN_EXPONENT = 0x7f80;

/** Where the first NaN or infinity stands, or -1. */
export function findNotFinite(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let index = 0; index < bits.length; index++) if (((bits[index] ?? 0) & EXPONENT) === EXPONENT) return index;
  return -1;
}

export function findNotFiniteHalf(halves: Uint16Array): number {
  return indexWithAll(halves, HALF_EXPONENT);
}

export function findNotFiniteBrain(brainFloats: Uint16Array): number {
  return indexWithAll(brainFloats, BRAIN_EXPONENT);
}

/** Apart from the 32-bit one: a loop that has met both is half as fast. */
function indexWithAll(values: Uint16Array, exponent: number): number {
  for (let index = 0; index < values.length; index++) if (((values[index] ?? 0) & exponent) === exponent) return index;
  return -1;
}
