export type GgufTensorType = 'f32' | 'f16' | 'bf16' | 'q8_0';

/** A tensor that is to be written. */
export interface PlannedTensor {
  readonly name: string;
  /** Outermost dimension first; a GGUF says it the other way round. For `q8_0` the last one is a multiple of 32. */
  readonly shape: readonly number[];
  readonly type: GgufTensorType;
  /**
   * All elements in row-major order, in pieces: floats, which are converted to `type`, or bytes that are of `type` already. A piece is
   * a multiple of the row, used before the next one is asked for, and its memory given back.
   */
  chunks(): Iterable<Float32Array | { readonly bytes: Uint8Array }>;
}
