/**
 * Sampling parameters: the values a prompt is answered with, and the range each may have.
 * Every one is sent to the model explicitly, so that two sides never differ through a server's own default.
 */
export interface SamplingParameters {
  /** Randomness, 0 (greedy) to 2. */
  readonly temperature: number;
  /** Nucleus sampling: the probability mass kept, above 0 to 1 (1: off). */
  readonly top_p: number;
  /** How many of the likeliest tokens are kept, 0 (off) to 1000. */
  readonly top_k: number;
  /** Penalty on tokens already used, above 0 to 2 (1: off). */
  readonly repetition_penalty: number;
  /** Longest answer in tokens, 1 to 32768. */
  readonly max_tokens: number;
  /** 0 to 2^53−1; null: chosen at random and reported in the last frame. */
  readonly seed: number | null;
  /** Up to 16 strings of at most 256 characters; the answer ends before the first that appears. */
  readonly stop: readonly string[];
}

/** A range a number must lie in. `exclusiveMin` means that `min` itself is not allowed. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
  readonly exclusiveMin: boolean;
  readonly integer: boolean;
}

/** The allowed range of each numeric sampling parameter. */
export const PARAMETER_RANGES = {
  temperature: { min: 0, max: 2, exclusiveMin: false, integer: false },
  top_p: { min: 0, max: 1, exclusiveMin: true, integer: false },
  top_k: { min: 0, max: 1000, exclusiveMin: false, integer: true },
  repetition_penalty: { min: 0, max: 2, exclusiveMin: true, integer: false },
  max_tokens: { min: 1, max: 32_768, exclusiveMin: false, integer: true },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, exclusiveMin: false, integer: true },
} as const satisfies Record<string, ValueRange>;

export type NumericParameter = keyof typeof PARAMETER_RANGES;

/** What a chat is answered with where it names no value, unless the model's configuration says otherwise. */
export const DEFAULT_PARAMETERS: SamplingParameters = {
  temperature: 0.7,
  top_p: 0.9,
  top_k: 50,
  repetition_penalty: 1.1,
  max_tokens: 512,
  seed: null,
  stop: [],
};

/** What a comparison is answered with where it names no value: nothing colours it unseen. */
export const STREAM_PARAMETERS: SamplingParameters = { ...DEFAULT_PARAMETERS, top_k: 0, repetition_penalty: 1 };

/** The model's own distribution, as it is: what a client of OpenAI's gets that names no value, and what "off" means. */
export const NEUTRAL_PARAMETERS: SamplingParameters = { ...STREAM_PARAMETERS, temperature: 1, top_p: 1 };

/** A model's own values, where a request names none; null: never to be sent to its server. */
export type ParameterDefaults = { readonly [name in keyof SamplingParameters]?: SamplingParameters[name] | null };

/** Limits on the parts of a request that are not numbers. */
export const REQUEST_LIMITS = {
  /** Longest text of one message or prompt, in UTF-16 characters. */
  textCharacters: 1_000_000,
  messages: 1_000,
  /** Of one message. */
  contentParts: 64,
  stopStrings: 16,
  stopCharacters: 256,
  conversationIdCharacters: 128,
  bodyBytes: 8 * 1024 * 1024,
} as const;

/** The range in words, for error messages and form hints: "above 0 to 2", "an integer from 1 to 32768". */
export function describeRange(range: ValueRange): string {
  const span = range.exclusiveMin ? `above ${range.min} to ${range.max}` : `from ${range.min} to ${range.max}`;
  return range.integer ? `an integer ${span}` : `a number ${span}`;
}

/** Whether `value` is a finite number inside `range`. */
export function isInRange(value: unknown, range: ValueRange): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (range.integer && !Number.isInteger(value)) return false;
  return (range.exclusiveMin ? value > range.min : value >= range.min) && value <= range.max;
}
