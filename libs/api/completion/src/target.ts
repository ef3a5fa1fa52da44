import type { ModelCard, SamplingParameters } from '@tandem/shared/contracts';
import type { CompletionSource } from './completion-source';

/** Something that can answer: the card clients see, its own sampling defaults, and the source behind it. */
export interface Target {
  readonly card: ModelCard;
  readonly defaults: Partial<SamplingParameters>;
  readonly source: CompletionSource;
}
