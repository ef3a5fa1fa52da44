const QUIET = 0x40;

/** 32-bit floats, given as their bits, as bfloat16: the upper half, rounded to the nearest and of two to the even one. */
export function encodeBrainFloats(bits: Uint32Array, brainFloats: Uint16Array): void {
  for (let index = 0; index < bits.length; index++) brainFloats[index] = brainFloat(bits[index] ?? 0);
}

function brainFloat(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | QUIET;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
