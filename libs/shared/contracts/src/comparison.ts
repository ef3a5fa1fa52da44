import type { FrameError } from './fault';
import type { FinishReason, Timings, Usage } from './frame';

/** One side's answer as it is kept, in the words of a stream's last frame. */
export interface KeptAnswer {
  /** Id of the model; it need not be configured any more. */
  readonly model: string;
  /** What its server said that it is. */
  readonly identity: Readonly<Record<string, unknown>> | null;
  readonly text: string;
  readonly thoughts: string | null;
  readonly finish_reason: FinishReason | null;
  readonly error: FrameError | null;
  readonly usage: Usage | null;
  readonly timings: Timings | null;
  readonly seed: number | null;
  readonly ignored_parameters: readonly string[];
}

export interface ComparisonTurn {
  readonly prompt: string;
  readonly baseline: KeptAnswer;
  readonly derivative: KeptAnswer;
}

/** Sampling values that were asked of each side. */
export interface ComparisonParameters {
  readonly baseline: Readonly<Record<string, unknown>>;
  readonly derivative: Readonly<Record<string, unknown>>;
}

/** What is sent to be kept, and what an export as JSON holds. */
export interface ComparisonContent {
  readonly title: string;
  readonly note: string;
  readonly baseline: string;
  readonly derivative: string;
  readonly system: string | null;
  readonly parameters: ComparisonParameters;
  /** Of the configuration that it was made under. */
  readonly config_version: string | null;
  readonly turns: readonly ComparisonTurn[];
}

export interface Comparison extends ComparisonContent {
  readonly id: string;
  /** Where it is read, below the server's address. */
  readonly url: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** In a list: without answers. */
export interface ComparisonRow extends Pick<
  Comparison,
  'id' | 'url' | 'created_at' | 'updated_at' | 'title' | 'note' | 'baseline' | 'derivative' | 'config_version'
> {
  readonly turn_count: number;
  /** The beginning of the first one. */
  readonly prompt: string;
}

export const VOTE_CHOICES = ['baseline', 'derivative', 'tie', 'both_bad'] as const;
export type VoteChoice = (typeof VOTE_CHOICES)[number];

export const BLIND_CHOICES = ['left', 'right', 'tie', 'both_bad'] as const;
export type BlindChoice = (typeof BLIND_CHOICES)[number];

/** What the votes on a pair come to. */
export interface VoteSummary {
  readonly counts: Readonly<Record<VoteChoice, number>>;
  /** Votes for one of the two. */
  readonly decisive: number;
  /** The derivative's share of those, 0 to 1. */
  readonly win_rate: number | null;
  /** Of that share: anytime-valid, at 95 %. */
  readonly interval: { readonly low: number; readonly high: number };
  readonly evidence: number;
  readonly decided: 'baseline' | 'derivative' | null;
  /** About how many more decisive votes it takes, if they go on as they did; null where that cannot be told. */
  readonly needed_more: number | null;
}

/** A vote as it is told. */
export interface Vote {
  /** From 0. */
  readonly turn: number;
  readonly choice: VoteChoice;
  readonly blind: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The votes on one turn. */
export interface TurnVotes {
  readonly turn: number;
  readonly counts: Readonly<Record<VoteChoice, number>>;
  /** How the one who asks voted. */
  readonly yours: VoteChoice | null;
}

export interface RankedModel {
  readonly model: string;
  /** By Bradley and Terry; null where the votes do not say. */
  readonly strength: number | null;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

type OfLeftAndRight<Value> = Readonly<Record<'left' | 'right', Value>>;
type ComparedSide = 'baseline' | 'derivative';

/** Two answers of which nobody knows whose they are: what the streams are called. */
export interface OpenedBlind {
  readonly id: string;
  readonly streams: OfLeftAndRight<string>;
}

/** What is to be known of an answer once the vote is cast. */
export interface BlindOutcome {
  readonly usage: Usage | null;
  readonly error: FrameError | null;
  readonly ignored_parameters: readonly string[];
  readonly seed: number | null;
}

/** What a blind vote brings to light. */
export interface BlindReveal {
  readonly choice: BlindChoice;
  /** The same, by the side that it was for. */
  readonly vote: VoteChoice;
  readonly sides: OfLeftAndRight<ComparedSide>;
  readonly models: OfLeftAndRight<string>;
  /** Null where the server restarted meanwhile. */
  readonly timings: OfLeftAndRight<Timings | null>;
  readonly outcomes: OfLeftAndRight<BlindOutcome | null>;
}

/** Whether anything can be kept. */
export interface StoreStatus {
  readonly kind: 'sqlite' | 'postgres';
  readonly state: 'opening' | 'ready' | 'off';
  /** Why it is off: a sentence without its capital. */
  readonly reason: string | null;
}
