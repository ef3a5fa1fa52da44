import { PARAMETER_RANGES, type PromptCheck, type RunAnswer, type SamplingParameters, type SetPrompt } from '@tandem/shared/contracts';
import type { ItemFigures } from './item-figures';

/** What a run is asked to do; kept with it. */
export interface RunSpec {
  /** Whether it was asked for as a pair, and is told as one. */
  readonly isPair: boolean;
  /** Ids; the others are compared with the first. */
  readonly models: readonly string[];
  readonly set: { readonly id: string; readonly name: string; readonly count: number };
  /** The seed is drawn where none was given. */
  readonly parameters: Partial<SamplingParameters> & { readonly seed: number };
  readonly repeats: number;
  readonly score: boolean;
}

/** One prompt and repeat that is still to be asked. */
export interface QueuedItem {
  readonly place: number;
  readonly prompt: SetPrompt;
  /** From 1. */
  readonly repeat: number;
}

export interface ItemResult {
  readonly answers: readonly RunAnswer[];
  readonly figures: ItemFigures;
}

export function judgesOf(checks: readonly PromptCheck[] = []): readonly string[] {
  return checks.filter(({ type }) => type === 'judge').map(({ value }) => String(value));
}

/** All sides of a repeat have the same, every repeat another. */
export function seedOf({ parameters: { seed } }: RunSpec, repeat: number): number {
  const behind = repeat - 1;
  // behind the greatest comes 0; their sum may be no safe integer
  const left = PARAMETER_RANGES.seed.max - seed;
  return behind <= left ? seed + behind : behind - left - 1;
}
