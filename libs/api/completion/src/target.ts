import type { ModelCard, ParameterDefaults } from '@tandem/shared/contracts';
import type { CompletionSource } from './completion-source';
import type { PromptSource } from './prompt-source';
import type { ScoringSource } from './scoring-source';
import type { TextReader } from './text-reader';

/** Something that can answer: the card clients see, its own sampling values, and the source behind it. */
export interface Target {
  readonly card: ModelCard;
  readonly defaults: ParameterDefaults;
  readonly source: CompletionSource;
  /** Where it can read texts as well. */
  readonly texts?: TextReader;
  /** Where it may tell how likely texts are. */
  readonly scoring?: ScoringSource;
  /** Where it may tell what it is asked. */
  readonly prompts?: PromptSource;
}
