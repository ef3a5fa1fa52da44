/** The same numbers for the same seed, evenly from 0 to 1 (Mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Logits of some vocabulary as models have them: most of the probability on few tokens. `spread`: how far apart they lie, in nats. */
export function randomLogits(random: () => number, size: number, spread: number): Float32Array {
  return Float32Array.from({ length: size }, () => spread * Math.log(1 / (random() + 1e-9)) - spread);
}
