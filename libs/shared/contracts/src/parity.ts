import type { OfBoth } from './divergence';
import type { SamplingParameters } from './parameters';

/**
 * How it is known what a model reads of a conversation. `engine`: this server's own template and tokenizer; `apply_template`:
 * llama-server's `/apply-template` and `/tokenize`; `tokenize`: vLLM's `/tokenize` with messages; `none`: its server tells nothing of it.
 */
export const PROMPT_METHODS = ['engine', 'apply_template', 'tokenize', 'none'] as const;

export type PromptMethod = (typeof PROMPT_METHODS)[number];

/** A sampling parameter by its name in a request. */
export type ParameterName = keyof SamplingParameters;

/** How one model would be asked. */
export interface AskedSide {
  /** The model's id. */
  readonly model: string;
  readonly method: PromptMethod;
  /** What the model reads, control tokens as they are written; null where that is not told. */
  readonly prompt: string | null;
  /** The same as ids of its vocabulary; null where they are not told. */
  readonly tokens: readonly number[] | null;
  /** What is sent; null for what its server has no field for, has refused before, or is not sent by the model's configuration. */
  readonly parameters: { readonly [name in ParameterName]: SamplingParameters[name] | null };
  /** Whether state kept of earlier prompts is used although it is asked not to be; null where nobody knows. */
  readonly reuses_cache: boolean | null;
  /** Whether a prompt that is too long is cut in silence; null where nobody knows. */
  readonly truncates: boolean | null;
}

/** One thing that could not be made equal. */
export type ParityDifference =
  /** The prompts' texts part at this byte, from 0, of their UTF-8. What each goes on with from there, in at most 80 characters; empty at its end. */
  | ({ readonly kind: 'prompt'; readonly byte: number } & OfBoth<string>)
  /** The prompts' tokens part at this place, from 0: the ids there, null behind the end. */
  | ({ readonly kind: 'tokens'; readonly token: number } & OfBoth<number | null>)
  /** Nobody knows what these sides read. */
  | { readonly kind: 'prompt_unknown'; readonly sides: readonly PairSide[] }
  /** It reaches at most one of the two; null: not that one, so that its server's own value holds. */
  | ({ readonly kind: 'parameter'; readonly name: ParameterName } & OfBoth<SamplingParameters[ParameterName]>)
  /** State of earlier prompts may be used by these sides: other batches, and so other roundings. */
  | { readonly kind: 'cache'; readonly sides: readonly PairSide[] }
  /** A prompt that is too long may be cut in silence by these sides. */
  | { readonly kind: 'truncation'; readonly sides: readonly PairSide[] };

export type PairSide = (typeof PAIR_SIDES)[number];

export const PAIR_SIDES = ['baseline', 'derivative'] as const;

/** How both models of a pair would be asked, and what of that differs. */
export interface Parity extends OfBoth<AskedSide> {
  /** Whether nothing differs, as far as it is known for both. */
  readonly equal: boolean;
  readonly differences: readonly ParityDifference[];
  /** What to ask both with, the seed drawn: as `parameters` of each side, whatever a model's configuration says. */
  readonly parameters: SamplingParameters & { readonly seed: number };
}

/** The body of `POST /api/parity`. */
export interface ParityRequest extends OfBoth<string> {
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly system?: string | null;
  /** What is left out is as on `/stream`, for both alike; a seed that is left out is drawn. */
  readonly parameters?: { readonly [name in ParameterName]?: SamplingParameters[name] };
}

/** The answer of `POST /api/parity`. */
export interface ParityBody {
  readonly status: 'success';
  readonly parity: Parity;
}
