import type { CheckpointFacts } from '@tandem/shared/engine-protocol';

/** What the engine itself needs to know before it loads a checkpoint, beside what clients are told. */
export interface CheckpointHeader {
  readonly facts: CheckpointFacts;
  readonly weightBytes: number;
  readonly kvBytesPerToken: number;
  /** What its tensors are called; for an adapter, those that it changes. */
  readonly tensorNames: ReadonlySet<string>;
}
