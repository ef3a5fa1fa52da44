import { DEFAULT_PARAMETERS, type ParameterDefaults, type SamplingParameters } from '@tandem/shared/contracts';
import type { CompletionRequest } from './completion-source';
import type { Demands } from './demands';
import { drawSeed } from './drawn-seed';
import { readDefaults } from './read-defaults';

/** What is asked, before defaults are filled in. */
export interface RunRequest {
  readonly messages: CompletionRequest['messages'];
  readonly parameters: Partial<SamplingParameters>;
  /** What applies where neither the request nor the model names a value. Default: the chat's. */
  readonly defaults?: SamplingParameters;
  readonly conversation?: string;
  readonly isFresh?: true;
  readonly demands?: Demands;
  readonly isRepeated?: true;
}

/** What a source is asked: every value is there, and the seed is drawn where none was sent. `configured`: the model's own values. */
export function completionRequestOf(
  { parameters, defaults = DEFAULT_PARAMETERS, ...asked }: RunRequest,
  configured: ParameterDefaults,
  owner: string | undefined,
): CompletionRequest {
  const { own, unsent } = readDefaults(configured);
  const merged = { ...defaults, ...own, ...parameters };
  return { ...asked, ...unsent, ...(owner === undefined ? {} : { owner }), parameters: { ...merged, seed: merged.seed ?? drawSeed() } };
}
