import type { ModelCard, ParameterDefaults } from '@tandem/shared/contracts';
import type { CompletionSource } from './completion-source';

/** Something that can answer: the card clients see, its own sampling values, and the source behind it. */
export interface Target {
  readonly card: ModelCard;
  readonly defaults: ParameterDefaults;
  readonly source: CompletionSource;
}
