import type { SamplingParameters } from '@tandem/shared/contracts';
import type { SequenceEvaluateOptions, Token } from 'node-llama-cpp';

/** As many of the last tokens as llama.cpp penalises by default, the prompt's included. */
const PENALISED_TOKENS = 64;

/** On tokens that are among the last ones. */
export interface Penalties {
  readonly presence: number;
  readonly frequency: number;
}

/** Every sampling value in the binding's terms, none left to its defaults. `history` is read anew for every token. */
export function samplingOptions(
  parameters: SamplingParameters & { readonly seed: number; readonly min_p?: number },
  history: readonly Token[],
  { presence, frequency }: Penalties = { presence: 0, frequency: 0 },
): SequenceEvaluateOptions {
  return {
    temperature: parameters.temperature,
    topK: parameters.top_k,
    topP: parameters.top_p,
    minP: parameters.min_p ?? 0,
    seed: foldSeed(parameters.seed),
    repeatPenalty: {
      penalty: parameters.repetition_penalty,
      maxPunishTokens: PENALISED_TOKENS,
      presencePenalty: presence,
      frequencyPenalty: frequency,
      punishTokens: () => history.slice(-PENALISED_TOKENS),
    },
  };
}

/** llama.cpp's generator takes 32 bits, and draws a seed of its own when all of them are set. */
export function foldSeed(seed: number): number {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32);
  const folded = (low ^ Math.imul(high, 0x9e3779b1)) >>> 0;
  return folded === 0xffffffff ? 0xfffffffe : folded;
}
