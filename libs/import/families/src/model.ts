import type { CheckpointFile, PickledValue } from '@tandem/import/formats';
import type { Beside } from './beside/beside';
import type { Fields } from './fields';
import type { Metadata } from './metadata';
import type { TokenizerChoice } from './tokenizers/choose-tokenizer';
import type { ModelPlan } from './weights/model-plan';
import type { Weights } from './weights/weights';

/** A checkpoint as its family sees it. */
export interface Checkpoint {
  readonly file: CheckpointFile;
  /** What the file holds beside weights, such as `model_args`. */
  readonly extras: ReadonlyMap<PickledValue, PickledValue>;
  readonly weights: Weights;
  readonly beside: Beside;
  /** `config.json`; empty where there is none. */
  readonly config: Fields;
}

/** How a kind of checkpoint becomes a graph that llama.cpp has. */
export interface Model {
  /** Which project's model it is: told in the API and kept in the file. */
  readonly family: string;
  /** For people: what is believed about it that is written nowhere. */
  readonly assumptions: readonly string[];
  readonly contextLength: number;
  readonly metadata: Metadata;
  readonly tokenizer: TokenizerChoice;
  readonly chatTemplate: string | null;
  /** Texts at which an answer ends although no token says so. */
  readonly stopStrings: readonly string[];
  /** Takes every weight it needs and leaves out what is no part of the answer; the rest is refused by the caller. */
  lay(plan: ModelPlan): void;
}

export interface Family {
  recognises(checkpoint: Checkpoint): boolean;
  /** @throws RefusedCheckpoint with what is missing or does not fit. */
  read(checkpoint: Checkpoint): Model;
}
