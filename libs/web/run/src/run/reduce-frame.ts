import {
  type EndFrame,
  type FinishReason,
  isEndFrame,
  isPhaseFrame,
  isToolCallFrame,
  type PhaseFrame,
  type StreamFrame,
  type Timings,
  type ToolCallPiece,
} from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';
import { type AnswerState, type AnswerView } from '../answer/answer-view';
import { type CalledTool } from '../answer/called-tool';

/** An answer while it is made: what its pane shows, and the times its speed is told from. */
export interface RunningAnswer extends AnswerView {
  readonly sentAtMs: number;
  readonly firstTokenAtMs: number | null;
  /** Of the last frame that is in it. */
  readonly frames: number;
  /** Whether another page saw its beginning: its times are then the server's. */
  readonly isRejoined: boolean;
}

/** A frame and when it reached the browser. */
export interface ArrivedFrame {
  readonly frame: StreamFrame;
  readonly atMs: number;
  /** Its place in the stream, from 1. */
  readonly number?: number;
}

/** From how many pieces, and how many milliseconds, on a speed is worth telling: what was held back comes all at once. */
const TELLING_PIECES = 4;
const TELLING_MS = 100;

/** What there is of an answer that is continued. */
export type AnswerSoFar = Pick<AnswerView, 'thoughts' | 'text' | 'calls'>;

export function beginAnswer(id: string, prompt: string, sentAtMs: number, soFar: AnswerSoFar = { thoughts: '', text: '' }): RunningAnswer {
  return {
    id,
    prompt,
    thoughts: soFar.thoughts,
    text: soFar.text,
    ...(soFar.calls ? { calls: soFar.calls } : {}),
    state: { kind: 'queued' },
    firstTokenMs: null,
    tokensPerSecond: null,
    tokens: 0,
    ignored: [],
    sentAtMs,
    firstTokenAtMs: null,
    frames: 0,
    isRejoined: false,
  };
}

/** What there is of an answer that another page began, at a frame of its stream. */
export function rejoinAnswer(id: string, prompt: string, soFar: AnswerSoFar & { readonly tokens?: number }, frames: number): RunningAnswer {
  return { ...beginAnswer(id, prompt, 0, soFar), tokens: soFar.tokens ?? 0, frames, isRejoined: true, state: { kind: 'resuming' } };
}

/** What an answer is after one more frame. An answer that has ended takes no more. */
export function reduceFrame(before: RunningAnswer, { frame, atMs, number }: ArrivedFrame): RunningAnswer {
  if (hasEnded(before)) return before;
  const answer = { ...before, frames: number ?? before.frames + 1 };
  if (isEndFrame(frame)) return reduceEnd(answer, frame);
  if (isPhaseFrame(frame)) return answer.tokens > 0 ? answer : { ...answer, state: phaseState(frame) };
  if (frame.token === '' && !isToolCallFrame(frame)) return answer;
  const firstTokenAtMs = answer.firstTokenAtMs ?? atMs;
  const tokens = answer.tokens + 1;
  const isThought = !isToolCallFrame(frame) && frame.reasoning === true;
  return {
    ...answer,
    state: { kind: isThought ? 'thinking' : 'streaming' },
    thoughts: isThought ? answer.thoughts + frame.token : answer.thoughts,
    text: isThought ? answer.text : answer.text + frame.token,
    ...(isToolCallFrame(frame) ? { calls: withPiece(answer.calls ?? [], frame.tool_call) } : {}),
    tokens,
    firstTokenAtMs,
    ...(answer.isRejoined
      ? {}
      : { firstTokenMs: firstTokenAtMs - answer.sentAtMs, tokensPerSecond: speed(tokens, atMs - firstTokenAtMs) ?? answer.tokensPerSecond }),
  };
}

/** A piece with a name begins a call; one without goes on with the last of its index. */
function withPiece(calls: readonly CalledTool[], { index, name, arguments: piece }: ToolCallPiece): readonly CalledTool[] {
  if (name !== undefined) return [...calls, { index, name, arguments: piece }];
  const at = calls.findLastIndex((call) => call.index === index);
  return calls.map((call, n) => (n === at ? { ...call, arguments: call.arguments + piece } : call));
}

/** The connection is lost and looked for again, or there again. */
export function reduceResuming(answer: RunningAnswer, isResuming: boolean): RunningAnswer {
  if (hasEnded(answer)) return answer;
  if (isResuming) return { ...answer, state: { kind: 'resuming' } };
  return { ...answer, state: { kind: answer.tokens > 0 ? 'streaming' : 'queued' } };
}

/** What was received stays; only the state tells that no more comes. */
export function endByStop(answer: RunningAnswer): RunningAnswer {
  return hasEnded(answer) ? answer : { ...answer, state: { kind: 'stopped' } };
}

export function endByFault(answer: RunningAnswer, fault: RunFault): RunningAnswer {
  return hasEnded(answer) ? answer : { ...answer, state: { kind: 'failed', fault } };
}

function hasEnded({ state: { kind } }: RunningAnswer): boolean {
  return kind === 'done' || kind === 'stopped' || kind === 'failed';
}

function reduceEnd(answer: RunningAnswer, frame: EndFrame): RunningAnswer {
  // the last frame of a blind answer tells how it ended, and nothing else
  const { timings, seed }: Partial<Pick<EndFrame, 'timings' | 'seed'>> = frame;
  return {
    ...answer,
    state: frame.error ? { kind: 'failed', fault: frame.error } : endState(frame.finish_reason ?? 'other'),
    tokens: frame.usage?.completion_tokens ?? answer.tokens,
    firstTokenMs: answer.isRejoined ? (timings?.ttft_ms ?? null) : answer.firstTokenMs,
    tokensPerSecond: frame.usage && timings ? tellingSpeed(timings) : answer.tokensPerSecond,
    ignored: frame.ignored_parameters ?? [],
    ...(seed === undefined ? {} : { seed }),
    ...(timings ? { timings } : {}),
    ...(frame.usage ? { usage: frame.usage } : {}),
  };
}

function endState(reason: FinishReason): AnswerState {
  return reason === 'cancelled' ? { kind: 'stopped' } : { kind: 'done', reason };
}

function phaseState({ phase, progress, position }: PhaseFrame): AnswerState {
  switch (phase) {
    case 'queued':
      return { kind: 'queued', position };
    case 'converting':
      return { kind: 'converting', progress };
    case 'loading':
      return { kind: 'loading', progress };
    case 'prompt':
      return { kind: 'prompt' };
    default:
      return phase satisfies never;
  }
}

/** Pieces per second after the first. */
function speed(pieces: number, elapsedMs: number): number | null {
  return pieces < TELLING_PIECES || elapsedMs < TELLING_MS ? null : ((pieces - 1) * 1000) / elapsedMs;
}

/** What a model's server says of itself; what was only measured on its way, where that took long enough. */
function tellingSpeed({ source, tokens_per_second, total_ms, ttft_ms }: Timings): number | null {
  return source === 'server' || total_ms - (ttft_ms ?? total_ms) >= TELLING_MS ? tokens_per_second : null;
}
