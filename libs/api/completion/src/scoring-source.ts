import type { ChatTurn, ScoringMethod } from '@tandem/shared/contracts';
import type { TextPart } from './text-reader';

/** Tokens of a vocabulary, by the places of a text that they could stand at. */
export interface OtherTokens {
  /** Its hash. */
  readonly vocabulary: string;
  readonly at: readonly (readonly number[])[];
}

/** Where what a model expected at the places of a text is kept. */
export interface KeptText {
  /** The id of an open buffer. */
  readonly buffer: string;
  /** Of the text among those that are kept there. */
  readonly place: number;
}

/** Room for what a model expects at every place of some texts, over its whole vocabulary. Its owner closes it. */
export interface ExpectationBuffer {
  readonly id: string;
  close(): Promise<void>;
}

/** The buffers that sources have in common: what one keeps there, another can be compared with. */
export interface ExpectationBuffers {
  /** Resolves when it is this one's turn: there are few. Rejects where the signal is aborted before. */
  open(signal: AbortSignal): Promise<ExpectationBuffer>;
}

/** A text that a model is to find likely or not. */
export interface ScoringRequest {
  /** What was said before it, oldest first; none where nothing was. */
  readonly messages: readonly ChatTurn[];
  /** What looks like a control token in it is text. */
  readonly text: string;
  /** How many of the likeliest tokens are told at each place. */
  readonly alternatives: number;
  /** Whose likelihood is told besides, where the vocabulary is the same. */
  readonly others?: OtherTokens;
  /** How much of the model's adapter is put over its weights; only of one that has an adapter. */
  readonly adapterScale?: number;
  /** Only of a source that has `buffers`. */
  readonly keep?: KeptText;
  /** What it is compared with over the whole vocabulary, where that is there and of the same one. Only of a source that has `buffers`. */
  readonly against?: KeptText;
}

/** A text as a model found it, under its own distribution: before temperature and truncation. */
export interface ScoredText {
  readonly method: ScoringMethod;
  /** Whether every likelihood is the model's own; false where a server rounds. */
  readonly exact: boolean;
  /** The hash of its list of tokens; null where a server does not tell that. */
  readonly vocabulary: string | null;
  /** All tokens of the text, in their order. */
  readonly parts: readonly TextPart[];
  /** Whether what was to be kept is. */
  readonly isKept?: boolean;
}

/** Something that tells how likely a text is: beside a `CompletionSource`, of the same model. */
export interface ScoringSource {
  /** Where it can keep what its model expects. */
  readonly buffers?: ExpectationBuffers;
  /** How much of its adapter is put over its weights, where it is known to have one. */
  readonly adapterScale?: number | undefined;
  /** Whether it may be asked for less or more of one. */
  readonly scalesAdapter?: boolean;
  /**
   * Stops the work at once where the signal is aborted, and rejects then. `onProgress`: how much is done, from 0 to 1.
   * @throws Fault `scoring_unsupported` where it cannot be told, with the reason; before the work begins where that is known
   */
  score(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<ScoredText>;
}
