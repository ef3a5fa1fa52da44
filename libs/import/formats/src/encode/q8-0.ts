import { halfFloat } from './half-float';

export const Q8_0_BLOCK = 32;
export const Q8_0_BLOCK_BYTES = 34;
const INFINITE = 0x7c00;

/**
 * Blocks of 32 values as one 16-bit scale and 32 bytes, with the roundings that GGML's own quantiser has. Returns whether all values
 * and scales are finite.
 */
export function encodeQ80(values: Float32Array, blocks: Uint8Array): boolean {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const scale = new Float32Array(1);
  const scaleBits = new Int32Array(scale.buffer);
  let isFinite = true;
  const quants = new Int8Array(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  for (let from = 0, to = 0; from < values.length; from += Q8_0_BLOCK, to += Q8_0_BLOCK_BYTES) {
    scaleBits[0] = largestBits(bits, from);
    const step = Math.fround((scale[0] ?? 0) / 127);
    scale[0] = step;
    const half = halfFloat(scaleBits[0]);
    if (half >= INFINITE) isFinite = false;
    blocks[to] = half;
    blocks[to + 1] = half >>> 8;
    const inverse = step === 0 ? 0 : Math.fround(1 / step);
    for (let index = 0; index < Q8_0_BLOCK; index++) {
      const scaled = Math.fround((values[from + index] ?? 0) * inverse);
      // Halves go away from zero.
      quants[to + 2 + index] = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
    }
  }
  return isFinite;
}

/** Without their sign, floats are in the order of their bits, and what is no number comes last. */
function largestBits(bits: Int32Array, from: number): number {
  let largest = 0;
  for (let index = from; index < from + Q8_0_BLOCK; index++) {
    const magnitude = (bits[index] ?? 0) & 0x7fffffff;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
