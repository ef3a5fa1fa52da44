/** Smaller pieces may lie in memory that others use too, and are not worth it. */
const WORTH_BYTES = 64 * 1024;

/**
 * Gives the memory of a piece back now: the collector sees only how little a piece takes of the heap, and lets them pile up.
 * The piece is empty afterwards. One that shares its memory with others is left to the collector.
 */
export function release({ buffer, byteLength }: Float32Array | Uint8Array): void {
  const isAlone = 'transfer' in buffer && buffer.byteLength === byteLength;
  if (isAlone && byteLength >= WORTH_BYTES) buffer.transfer(0);
}
