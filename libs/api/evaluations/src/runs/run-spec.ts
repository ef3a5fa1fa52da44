import { PARAMETER_RANGES, type PromptCheck, type RunAnswer, type RunVerdict, type SamplingParameters, type SetPrompt } from '@tandem/shared/contracts';

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

/** What is counted of one side of an item; null where it has no answer. */
export interface SideFigures {
  /** Whether it passed its checks; null where nothing was checked, or a check could not tell. */
  readonly passed: boolean | null;
  readonly total_ms: number | null;
  readonly ttft_ms: number | null;
  readonly tokens_per_second: number | null;
  /** Code points. */
  readonly characters: number;
}

/** What is counted between the first side and another. */
export interface PairFigures {
  /** But for white space at the ends. */
  readonly isSame: boolean;
  /** The other's code points over the first's; null where the first has none. */
  readonly lengthRatio: number | null;
  /** KL(first‖other) in nats per token over the first's answer, at least; null where it was not scored. */
  readonly divergence: number | null;
  /** As the judge said; null where none was asked, or it was not understood. */
  readonly winner: RunVerdict['winner'];
}

/** All that is counted of an item: texts are not needed for it. */
export interface ItemFigures {
  readonly sides: readonly (SideFigures | null)[];
  /** Of each side but the first; null where one of the two has no answer. */
  readonly pairs: readonly (PairFigures | null)[];
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
