import { type ElementType } from './element-type';

/** One tensor of a checkpoint, as it lies in its file (possibly strided, or sharing its bytes with others). */
export interface SourceTensor {
  readonly name: string;
  /** Outermost dimension first, as PyTorch says it; empty for a single number. */
  readonly shape: readonly number[];
  readonly type: ElementType;
  /**
   * `count` elements from element `start` on, in row-major order, as 32-bit floats. The memory this takes depends on `count` only;
   * what is read in large pieces is read fast. Complex and 8-bit floats are refused.
   */
  readF32(start: number, count: number): Float32Array;
  /** The same elements as they are stored, little-endian, to copy them unchanged. */
  readBytes(start: number, count: number): Uint8Array<ArrayBuffer>;
}

export function elementCount({ shape }: Pick<SourceTensor, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}
