import type { ByteRange, Score } from './score';

/** Of baseline and derivative, one value each. */
export interface OfBoth<T> {
  readonly baseline: T;
  readonly derivative: T;
}

/** KL(baseline‖derivative) per token, in nats; each from 0. */
export interface KlSummary {
  readonly mean: number;
  readonly median: number;
  /** The 99th percentile. */
  readonly p99: number;
  readonly max: number;
  /** `lower_bound`: not all of the vocabulary was known at every token, and the true value is at least this. */
  readonly kind: 'exact' | 'lower_bound';
  /** How much of the baseline's probability the known tokens hold, as a mean over all tokens; 0 to 1. */
  readonly covered_mass: number;
}

/** A piece of the text that begins and ends where both models' tokens do. */
export interface DivergenceSpan {
  readonly bytes: ByteRange;
  /** The sum of the baseline's log-probabilities over it, in nats; null where one of its tokens has none. */
  readonly baseline: number | null;
  /** The derivative's. */
  readonly derivative: number | null;
  /** In nats; null where the two cannot be compared token by token. */
  readonly kl: number | null;
  /** Whether both find the same token likeliest here; null where that is not known. */
  readonly same_top: boolean | null;
}

/** How far a derivative is from its baseline, on one text. */
export interface Divergence {
  readonly scores: OfBoth<Score>;
  /** Null where the two cannot be compared token by token. */
  readonly kl: KlSummary | null;
  /** The share of tokens at which both find the same one likeliest; 0 to 1, null where that is not known. */
  readonly same_top: number | null;
  /** The root mean square of how far the probabilities of the text's tokens differ; 0 to 1, null where they cannot be compared. */
  readonly rms_delta_p: number | null;
  /** Over the bytes that count for both, so that neither is spared a token; null when there are none. */
  readonly bits_per_byte: OfBoth<number | null>;
  readonly spans: readonly DivergenceSpan[];
  /** Whether the two can be compared token by token. */
  readonly comparable: boolean;
  /** A sentence; null where they can. */
  readonly why_not: string | null;
  /** The first token, from 0, at which the two find different tokens likeliest, and its first byte; null where there is none. */
  readonly first_divergence: { readonly token: number; readonly byte: number } | null;
}
