import type { VoteSummary } from './comparison';
import type { FrameError } from './fault';
import type { FinishReason, Timings, Usage } from './frame';
import type { SamplingParameters } from './parameters';
import type { PromptMessage } from './prompt-set';

export const RUN_STATES = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;

/** `done`: every item was asked, also where some failed; `failed`: it could not go on. */
export type RunState = (typeof RUN_STATES)[number];

export const RUN_ITEM_STATES = ['queued', 'done', 'failed'] as const;

/** `failed`: at least one side has no answer. */
export type RunItemState = (typeof RUN_ITEM_STATES)[number];

export const RUN_SORTS = ['id', 'divergence', 'length_ratio', 'latency'] as const;

export type RunSort = (typeof RUN_SORTS)[number];

/** `flips`: one side passed its checks and another did not; `disagree`: the texts differ; `failed`: a side has no answer. */
export type RunFilter = 'flips' | 'failed' | 'disagree' | `state:${RunItemState}`;

export const RUN_LIMITS = { repeats: 20, variants: 20 } as const;

/** `POST /api/runs`: a pair, or `variants` of which the others are compared with the first. */
export interface RunRequest {
  readonly baseline?: string;
  readonly derivative?: string;
  readonly variants?: readonly string[];
  /** Id of a prompt set. */
  readonly prompt_set: string;
  readonly parameters?: Partial<SamplingParameters>;
  readonly repeats?: number;
  /** Whether it is measured how far the models differ over the answers of the first. */
  readonly score?: boolean;
}

/** How many there are of each. */
export interface RunCounts {
  readonly total: number;
  readonly queued: number;
  readonly done: number;
  readonly failed: number;
}

/** A value with what it may be: a 95 % interval, clustered by prompt; null where there are fewer than two prompts. */
export interface RunEstimate {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** How many values it is of. */
  readonly n: number;
}

/** What one side did, over all its answers; null where nothing is known. */
export interface SideMeasures {
  readonly model: string;
  /** The share of the answers that passed their checks. */
  readonly pass_rate: RunEstimate | null;
  /** From the request to the end of the answer. */
  readonly latency_ms: RunEstimate | null;
  /** From the request to the first token. */
  readonly ttft_ms: RunEstimate | null;
  /** After the first token. */
  readonly tokens_per_second: RunEstimate | null;
  /** Of the answers, in code points. */
  readonly characters: RunEstimate | null;
}

/** How a derivative differs from the baseline. */
export interface PairMeasures {
  readonly model: string;
  /** The share of prompts that both answered with the same text. */
  readonly same_answer: RunEstimate | null;
  /** The derivative's code points over the baseline's. */
  readonly length_ratio: RunEstimate | null;
  /** Mean KL(baseline‖derivative) per token over the baseline's answers, in nats: a lower bound. */
  readonly divergence: RunEstimate | null;
  /** How many items diverge by how much, in bins of one width from 0 on; null where none was scored. */
  readonly divergence_histogram: { readonly bin_width: number; readonly counts: readonly number[] } | null;
  readonly flips: { readonly count: number; readonly share: number | null; readonly n: number };
  readonly mcnemar: { readonly b: number; readonly c: number; readonly p: number };
  /** McNemar's p among those of all variants, by Holm's correction. */
  readonly holm: number;
  readonly votes: JudgeVotes | null;
}

/** What the judges found of a pair; each was asked in both orders. */
export interface JudgeVotes {
  readonly counts: { readonly baseline: number; readonly derivative: number; readonly tie: number };
  readonly decisive: number;
  /** The derivative's share of the decisive ones. */
  readonly win_rate: number | null;
  /** Valid after every vote. */
  readonly interval: { readonly low: number; readonly high: number };
  readonly evidence: number;
  readonly decided: 'baseline' | 'derivative' | null;
}

export interface RunSummary {
  /** The baseline first. */
  readonly measures: readonly SideMeasures[];
  /** Of each model beside the baseline. */
  readonly pairs: readonly PairMeasures[];
  /** Of the first pair. */
  readonly flips: PairMeasures['flips'];
  readonly mcnemar: PairMeasures['mcnemar'];
  /** Of the first pair; null where no judge was asked. */
  readonly votes: JudgeVotes | null;
  /** By model. */
  readonly holm: readonly { readonly model: string; readonly p: number }[];
}

/** What people voted on a pair, in comparisons or blind. */
export interface PeopleVotes extends VoteSummary {
  readonly model: string;
}

/** A summary as it is told. */
export interface RunFindings extends RunSummary {
  /** Of each model beside the baseline; they go on after the run. */
  readonly people_votes: readonly PeopleVotes[];
}

/** A run as lists show it. */
export interface RunCard {
  readonly id: string;
  readonly state: RunState;
  /** Of a pair. */
  readonly baseline?: string;
  readonly derivative?: string;
  /** Of several; the first is what the others are compared with. */
  readonly variants?: readonly string[];
  readonly prompt_set: { readonly id: string; readonly name: string; readonly count: number };
  /** The seed is that of the first repeat; each further one has the next. */
  readonly parameters: Partial<SamplingParameters>;
  readonly repeats: number;
  readonly score: boolean;
  readonly counts: RunCounts;
  readonly created_at: string;
  readonly ended_at: string | null;
  /** Why it could not go on. */
  readonly error: FrameError | null;
}

/** An answer of a run, in the words of a stream's last frame. */
export interface RunAnswer {
  readonly model: string;
  readonly text: string;
  readonly thoughts?: string;
  readonly finish_reason: FinishReason | null;
  readonly error: FrameError | null;
  readonly usage: Usage | null;
  readonly timings: Timings | null;
  readonly seed: number;
  readonly ignored_parameters: readonly string[];
  /** What its checks found; null where there are none. */
  readonly check: { readonly passed: boolean | null; readonly checks: readonly { readonly type: string; readonly passed: boolean | null }[] } | null;
  /** How often it was asked for. */
  readonly tries: number;
}

/** What the judges found between the baseline and another model; null where they could not be understood. */
export interface RunVerdict {
  readonly model: string;
  readonly winner: 'baseline' | 'derivative' | 'tie' | null;
}

export interface RunItem {
  readonly id: string;
  readonly prompt?: string;
  readonly messages?: readonly PromptMessage[];
  readonly system?: string;
  readonly reference?: string;
  readonly tags?: readonly string[];
  /** From 1. */
  readonly repeat: number;
  readonly state: RunItemState;
  /** Of a pair by side, else a list in the order of the variants; empty until the item was asked. */
  readonly answers: { readonly baseline?: RunAnswer; readonly derivative?: RunAnswer } | readonly RunAnswer[];
  /** KL(baseline‖derivative) per token over the baseline's answer, in nats; null where it was not scored. */
  readonly divergence: number | null;
  /** The derivative's code points over the baseline's; null where the baseline has none. Of several models, what is farthest from 1. */
  readonly length_ratio: number | null;
  /** Of the slower side, in milliseconds. */
  readonly latency: number | null;
  readonly verdicts: readonly RunVerdict[];
}
