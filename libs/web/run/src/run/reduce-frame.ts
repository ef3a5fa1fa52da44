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

/** An answer while it is made: what its pane shows, and the times its speed is told from. */
export interface RunningAnswer extends AnswerView {
  readonly sentAtMs: number;
  readonly firstTokenAtMs: number | null;
  /** Of the last frame that is in it. */
  readonly frames: number;
  /** Whether another page saw its beginning: its times are then the server's. */
  readonly isRejoined: boolean;
  /** Whether its text ends in the arguments of a tool call, which more of may come. */
  readonly isCalling?: boolean;
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
export type AnswerSoFar = Pick<AnswerView, 'thoughts' | 'text'>;

export function beginAnswer(id: string, prompt: string, sentAtMs: number, soFar: AnswerSoFar = { thoughts: '', text: '' }): RunningAnswer {
  return {
    id,
    prompt,
    thoughts: soFar.thoughts,
    text: soFar.text,
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
  const isCalling = isToolCallFrame(frame);
  const isThought = !isCalling && frame.reasoning === true;
  const said = isCalling ? callText(frame.tool_call, answer) : isThought ? frame.token : endOfCall(answer) + frame.token;
  return {
    ...answer,
    state: { kind: isThought ? 'thinking' : 'streaming' },
    thoughts: isThought ? answer.thoughts + said : answer.thoughts,
    text: isThought ? answer.text : answer.text + said,
    isCalling: isCalling || (isThought && answer.isCalling === true),
    tokens,
    firstTokenAtMs,
    ...(answer.isRejoined
      ? {}
      : { firstTokenMs: firstTokenAtMs - answer.sentAtMs, tokensPerSecond: speed(tokens, atMs - firstTokenAtMs) ?? answer.tokensPerSecond }),
  };
}

/** A tool call as Markdown: the tool's name, then its arguments as code. */
function callText({ name, arguments: piece }: ToolCallPiece, answer: RunningAnswer): string {
  if (name === undefined) return piece;
  const before = endOfCall(answer) || (answer.text === '' ? '' : '\n\n');
  return `${before}**${name}**\n\n\`\`\`json\n${piece}`;
}

function endOfCall({ isCalling }: RunningAnswer): string {
  return isCalling ? '\n```\n\n' : '';
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
  return {
    ...answer,
    text: answer.text + endOfCall(answer).trimEnd(),
    isCalling: false,
    state: frame.error ? { kind: 'failed', fault: frame.error } : endState(frame.finish_reason ?? 'other'),
    tokens: frame.usage?.completion_tokens ?? answer.tokens,
    firstTokenMs: answer.isRejoined ? frame.timings.ttft_ms : answer.firstTokenMs,
    tokensPerSecond: frame.usage ? tellingSpeed(frame.timings) : answer.tokensPerSecond,
    ignored: frame.ignored_parameters ?? [],
    seed: frame.seed,
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
