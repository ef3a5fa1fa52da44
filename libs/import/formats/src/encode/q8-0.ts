import { halfFloat } from './half-float';

export const Q8_0_BLOCK = 32;
export const Q8_0_BLOCK_BYTES = 34;

/** Blocks of 32 values as one 16-bit scale and 32 bytes, with the roundings that GGML's own quantiser has. */
export function encodeQ80(values: Float32Array, blocks: Uint8Array): void {
  const scale = new Float32Array(1);
  const scaleBits = new Uint32Array(scale.buffer);
  const quants = new Int8Array(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  for (let from = 0, to = 0; from < values.length; from += Q8_0_BLOCK, to += Q8_0_BLOCK_BYTES) {
    const step = Math.fround(largest(values, from) / 127);
    scale[0] = step;
    const half = halfFloat(scaleBits[0] ?? 0);
    blocks[to] = half;
    blocks[to + 1] = half >>> 8;
    const inverse = step === 0 ? 0 : Math.fround(1 / step);
    for (let index = 0; index < Q8_0_BLOCK; index++) {
      const scaled = Math.fround((values[from + index] ?? 0) * inverse);
      // Halves go away from zero.
      quants[to + 2 + index] = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
    }
  }
}

function largest(values: Float32Array, from: number): number {
  let max = 0;
  for (let index = from; index < from + Q8_0_BLOCK; index++) {
    const magnitude = Math.abs(values[index] ?? 0);
    if (magnitude > max) max = magnitude;
  }
  return max;
}
