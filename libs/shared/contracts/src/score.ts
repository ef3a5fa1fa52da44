/** How a text's log-probabilities are had from a model. */
export const SCORING_METHODS = ['prefill', 'echo', 'prompt_logprobs', 'teacher_forcing'] as const;

export type ScoringMethod = (typeof SCORING_METHODS)[number];

/** Counted in the UTF-8 of the text that was scored: its first byte, and the one behind its last. */
export type ByteRange = readonly [from: number, to: number];

/** What could have stood in a token's place. */
export interface ScoredAlternative {
  readonly text: string;
  /** Natural, at most 0. */
  readonly logprob: number;
}

/** One token of a text, and how likely a model found it after everything before it. */
export interface ScoredToken {
  readonly text: string;
  readonly bytes: ByteRange;
  /** Natural, at most 0, before temperature and truncation; null for a first token that nothing stands before. */
  readonly logprob: number | null;
  /** From 1, the likeliest; null beyond the alternatives that were asked for. */
  readonly rank: number | null;
  /** The likeliest tokens at this place, the likeliest first; as many as were asked for. */
  readonly top: readonly ScoredAlternative[];
}

/** Of all tokens that have a log-probability, and of their bytes alone. */
export interface ScoreSummary {
  readonly tokens: number;
  readonly bytes: number;
  /** Code points. */
  readonly characters: number;
  /** The sum of the log-probabilities, in nats; at most 0. */
  readonly log_likelihood: number;
  /** From 1; null when no token counts. */
  readonly perplexity: number | null;
  /** From 0; null when no byte counts. */
  readonly bits_per_byte: number | null;
}

/** How likely a model finds a text, token by token. */
export interface Score {
  /** The model's id. */
  readonly model: string;
  readonly method: ScoringMethod;
  /** Whether every log-probability is the model's own; false where a server tells a bound or a rounded one. */
  readonly exact: boolean;
  /** The hash of its list of tokens: models with the same one can be compared token by token. Null where a server does not tell the list. */
  readonly vocabulary: string | null;
  readonly tokens: readonly ScoredToken[];
  readonly summary: ScoreSummary;
}
