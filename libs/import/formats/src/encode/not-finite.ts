const EXPONENT = 0x7f800000;
const HALF_EXPONENT = 0x7c00;
const BRAIN_EXPONENT = 0x7f80;

/** Where the first NaN or infinity stands, or -1. */
export function findNotFinite(values: Float32Array): number {
  return indexWithAll(new Uint32Array(values.buffer, values.byteOffset, values.length), EXPONENT);
}

export function findNotFiniteHalf(halves: Uint16Array): number {
  return indexWithAll(halves, HALF_EXPONENT);
}

export function findNotFiniteBrain(brainFloats: Uint16Array): number {
  return indexWithAll(brainFloats, BRAIN_EXPONENT);
}

function indexWithAll(values: Uint16Array | Uint32Array, exponent: number): number {
  for (let index = 0; index < values.length; index++) if (((values[index] ?? 0) & exponent) === exponent) return index;
  return -1;
}
