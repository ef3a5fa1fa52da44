import type { CheckpointFormat } from '@tandem/shared/contracts';

/** One checkpoint on disk: a single file, a split GGUF's parts in order, or a Hugging Face folder. */
export interface CheckpointFiles {
  /** Of a split one, the name of its first part. */
  readonly name: string;
  readonly format: CheckpointFormat;
  /** Where it stands: its file, or its folder. */
  readonly source: string;
  readonly paths: readonly string[];
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Of all its files together. */
  readonly identity: string;
  /** Why it cannot be loaded, as far as its files' names tell. */
  readonly problem: string | null;
}
