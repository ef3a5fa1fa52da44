import type { ChatTurn } from '@tandem/shared/contracts';

/** A token that could have come. */
export interface LikelyPart {
  /** Null where a model server does not tell it. */
  readonly id: number | null;
  /** Exact, which may be less than a character. */
  readonly bytes: readonly number[];
  /** Natural logarithm of its probability in the model's own distribution. */
  readonly logprob: number;
}

/** A token of a text, and how likely it was there. */
export interface TextPart extends Omit<LikelyPart, 'logprob'> {
  /** Null where nothing stands before it. */
  readonly logprob: number | null;
  /** From 1; null beyond the alternatives that were asked for. */
  readonly rank: number | null;
  /** As many of the likeliest at its place as were asked for, the likeliest first. */
  readonly top: readonly LikelyPart[];
  /** Natural logarithms of the probabilities of those that were asked about besides, in their order. */
  readonly others?: readonly number[];
  /** KL from what was kept to this model, over the whole vocabulary, in nats; where it was compared. */
  readonly kl?: number;
}

/** What a vocabulary says of itself. */
export interface VocabularyWords {
  readonly size: number;
  readonly kind: string;
  readonly bos: string | null;
  readonly eos: string | null;
  readonly addsBos: boolean;
  readonly chatTemplate: string | null;
}

/** What a model makes of texts that are there already: how likely they are, and of which tokens. All reject with a `Fault`. */
export interface TextReader {
  score(
    asked: { readonly messages: readonly ChatTurn[]; readonly text: string | readonly number[]; readonly alternatives?: number },
    onParts: (parts: readonly TextPart[], progress: number) => void,
    signal: AbortSignal,
  ): Promise<{ readonly tokens: number }>;
  /** `isRaw`: without the chat template. `isBare`: without the token that every prompt begins with. */
  tokenize(
    messages: readonly ChatTurn[],
    options: { readonly isRaw?: true; readonly isBare?: true },
    signal: AbortSignal,
  ): Promise<{ readonly tokens: readonly number[]; readonly pieces: readonly string[] }>;
  detokenize(tokens: readonly number[], signal: AbortSignal): Promise<string>;
  vocabulary(signal: AbortSignal): Promise<VocabularyWords>;
}
