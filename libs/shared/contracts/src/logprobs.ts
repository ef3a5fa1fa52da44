/** A token and how likely it was. */
export interface LikelyToken {
  readonly token: string;
  /** The natural logarithm of its probability. */
  readonly logprob: number;
  /** Its exact bytes, which may be less than a character; null where the model server does not say. */
  readonly bytes: readonly number[] | null;
}

/** A token of an answer, with the likeliest ones at its place. */
export interface TokenLogprob extends LikelyToken {
  readonly top_logprobs: readonly LikelyToken[];
}
