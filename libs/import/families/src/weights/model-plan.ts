import type { GgufTensorType, PlannedTensor } from '@tandem/import/formats';
import { areSame } from './same-rows';
import { given, type Rows, stacked } from './rows';

/** What weights are written as, unless they are 16 bits wide already. */
export type ImportType = GgufTensorType;

/** One piece of reading and writing: large enough to be fast, small beside the heap. */
const PIECE_ELEMENTS = 1024 * 1024;
const BLOCK = 32;

/** The tensors of a GGUF in the making, in the order in which they are written. */
export class ModelPlan {
  readonly tensors: PlannedTensor[] = [];
  /** That the source holds twice under two names. */
  tiedElements = 0;

  /** `isExact`: it will be written, so that a guess about sizes is not enough. */
  constructor(
    private readonly type: ImportType,
    private readonly isExact: boolean,
  ) {}

  /** The head, where it is another matrix than the embedding: written twice it would only cost memory. */
  headUnlessTied(embedding: Rows, head: Rows | undefined): Rows | undefined {
    if (head === undefined || !areSame(embedding, head, this.isExact)) return head;
    this.tiedElements = head.rows * head.cols;
    return undefined;
  }

  /** A matrix of weights, of the wished type or, where it is stored in 16 bits already, unchanged. */
  matrix(name: string, rows: Rows, shape: readonly number[] = [rows.rows, rows.cols]): void {
    this.add(name, rows, shape, this.typeOf(rows));
  }

  /** Several of one shape, as one tensor. */
  matrices(name: string, parts: readonly Rows[]): void {
    const all = stacked(parts);
    this.matrix(name, all, [parts.length, all.rows / parts.length, all.cols]);
  }

  /** What llama.cpp wants in 32 bits: routers, positions. */
  exactMatrix(name: string, rows: Rows, shape: readonly number[] = [rows.rows, rows.cols]): void {
    this.add(name, rows, shape, 'f32');
  }

  vector(name: string, rows: Rows): void {
    this.add(name, rows, [rows.rows * rows.cols], 'f32');
  }

  vectorIfThere(name: string, rows: Rows | undefined): void {
    if (rows !== undefined) this.vector(name, rows);
  }

  values(name: string, values: readonly number[]): void {
    this.vector(name, given(values));
  }

  private typeOf({ cols, stored }: Rows): GgufTensorType {
    if (this.type === 'f32') return 'f32';
    // Over rows of one block, llama.cpp computes nonsense on processors with AMX as soon as a prompt has 32 tokens.
    if (this.type === 'q8_0' && cols % BLOCK === 0 && cols > BLOCK) return 'q8_0';
    if (stored?.type === 'f16' || stored?.type === 'bf16') return stored.type;
    return this.type === 'q8_0' ? 'f16' : this.type;
  }

  private add(name: string, rows: Rows, shape: readonly number[], type: GgufTensorType): void {
    this.tensors.push({ name, shape, type, chunks: () => chunksOf(rows, type) });
  }
}

function* chunksOf(of: Rows, type: GgufTensorType): Generator<Float32Array | { bytes: Uint8Array }> {
  const step = Math.max(1, Math.floor(PIECE_ELEMENTS / of.cols));
  const { stored } = of;
  for (let row = 0; row < of.rows; row += step) {
    const count = Math.min(step, of.rows - row);
    yield stored?.type === type ? { bytes: stored.read(row, count) } : of.read(row, count);
  }
}
