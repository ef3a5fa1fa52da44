import type { FrameError } from './fault';

/** Why an answer ended. `cancelled`: someone stopped it; `other`: the model server gave a reason of its own. */
export type FinishReason = (typeof FINISH_REASONS)[number];

export const FINISH_REASONS = ['stop', 'length', 'content_filter', 'tool_calls', 'cancelled', 'other'] as const;

/** What a run is doing before its first token. */
export type RunPhase = 'queued' | 'converting' | 'loading' | 'prompt';

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export interface Timings {
  readonly queue_ms: number;
  readonly load_ms: number;
  /** From the request to the first token, in milliseconds; null when no token came. */
  readonly ttft_ms: number | null;
  readonly total_ms: number;
  /** Generation speed after the first token; null when it cannot be told. */
  readonly tokens_per_second: number | null;
  /** `server`: reported by the model server; `measured`: timed by Tandem. */
  readonly source: 'server' | 'measured';
}

/** A piece of the answer's text. */
export interface TokenFrame {
  readonly token: string;
  readonly done: false;
  /** True for a thinking model's thoughts, absent for its answer. */
  readonly reasoning?: true;
}

/** A piece of a tool call: its arguments are what the pieces of one index hold together. */
export interface ToolCallPiece {
  /** Which of the answer's calls, from 0. */
  readonly index: number;
  /** In the first piece of a call. */
  readonly id?: string;
  /** In the first piece of a call. */
  readonly name?: string;
  readonly arguments: string;
}

/** The model calls a tool, which no text says. */
export interface ToolCallFrame {
  readonly token: '';
  readonly done: false;
  readonly tool_call: ToolCallPiece;
}

/** What the run is waiting for. Only before the first token. */
export interface PhaseFrame {
  readonly token: '';
  readonly done: false;
  readonly phase: RunPhase;
  /** 0 to 1, where the phase can tell. */
  readonly progress?: number;
  /** Place in the queue, 1 is next; only with `queued`. */
  readonly position?: number;
}

/** The last frame of every stream; exactly one. `error` is present when the answer is not complete. */
export interface EndFrame {
  readonly token: '';
  readonly done: true;
  readonly finish_reason?: FinishReason;
  readonly error?: FrameError;
  /** Absent when the model server did not say. */
  readonly usage?: Usage;
  readonly timings: Timings;
  /** The seed that was used. */
  readonly seed: number;
  /** Sampling parameters that this model server cannot take. */
  readonly ignored_parameters?: readonly string[];
}

/** What one `data:` line of a stream holds. */
export type StreamFrame = TokenFrame | ToolCallFrame | PhaseFrame | EndFrame;

export function isEndFrame(frame: StreamFrame): frame is EndFrame {
  return frame.done;
}

export function isPhaseFrame(frame: StreamFrame): frame is PhaseFrame {
  return !frame.done && 'phase' in frame;
}

export function isToolCallFrame(frame: StreamFrame): frame is ToolCallFrame {
  return !frame.done && 'tool_call' in frame;
}
