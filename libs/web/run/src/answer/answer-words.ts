import { type FinishReason } from '@tandem/shared/contracts';
import { type MarkKind, sayProgress } from '@tandem/web/design';
import { type AnswerState, type AnswerView } from './answer-view';
import { sayCountInFull } from './say-amount';

const ENDINGS: Readonly<Record<FinishReason, string>> = {
  stop: 'done',
  length: 'done, at the token limit',
  content_filter: 'done, cut by the content filter',
  tool_calls: 'done, asks for a tool',
  cancelled: 'stopped',
  other: 'done',
};

const WAITING = 'waiting';

/** An answer's state in words and as a mark; without an answer, the pane is ready. */
export function sayState(state: AnswerState | undefined): { readonly words: string; readonly mark: MarkKind } {
  switch (state?.kind) {
    case undefined:
      return { words: 'ready', mark: 'rest' };
    case 'queued':
      return { words: state.position ? `queued, ${ordinal(state.position)} in line` : WAITING, mark: 'unknown' };
    case 'converting':
    case 'loading':
      return { words: sayProgress(state.kind, state.progress), mark: 'busy' };
    case 'prompt':
      return { words: 'reading the prompt', mark: 'busy' };
    case 'thinking':
      return { words: 'thinking', mark: 'busy' };
    case 'streaming':
      return { words: 'streaming', mark: 'good' };
    case 'resuming':
      return { words: 'connection lost, resuming', mark: 'uneasy' };
    case 'done':
      return { words: ENDINGS[state.reason ?? 'stop'], mark: 'done' };
    case 'stopped':
      return { words: 'stopped by you', mark: 'stopped' };
    case 'failed':
      return { words: 'failed', mark: 'bad' };
    case 'interrupted':
      return { words: 'interrupted by a reload', mark: 'stopped' };
    case 'elsewhere':
      return { words: 'being written in another tab', mark: 'busy' };
    default:
      return state satisfies never;
  }
}

/** The same of an answer that waits, with the seconds that it has: "waiting 12 s". */
export function sayWaiting(state: AnswerState | undefined, seconds: number): ReturnType<typeof sayState> {
  const said = sayState(state);
  return seconds < 1 ? said : { ...said, words: `${said.words}${said.words === WAITING ? '' : ','} ${seconds} s` };
}

/** Whether it came to the end that it wanted: there is nothing more to say of it. */
export function isPlainEnd(state: AnswerState): boolean {
  return state.kind === 'done' && ['stop', 'other'].includes(state.reason ?? 'stop');
}

export function isOngoing(state: AnswerState | undefined): boolean {
  return state !== undefined && !['done', 'stopped', 'failed', 'interrupted'].includes(state.kind);
}

/** How far it is on its way to a first word, 0 to 1, and what is done; undefined where nobody can tell. */
export function progressOf(state: AnswerState | undefined): { readonly what: 'Converting' | 'Loading'; readonly value: number } | undefined {
  if (state?.kind !== 'converting' && state?.kind !== 'loading') return undefined;
  return state.progress === undefined ? undefined : { what: state.kind === 'converting' ? 'Converting' : 'Loading', value: state.progress };
}

/** What a screen reader is told at an answer's turning points: nothing that changes with every token. */
export function announce(side: string, answer: AnswerView | undefined): string {
  if (!answer) return '';
  switch (answer.state.kind) {
    case 'converting':
      return `${side}: converting the checkpoint`;
    case 'loading':
      return `${side}: loading the model`;
    case 'done':
      return `${side}: finished, ${sayCountInFull(answer)}`;
    case 'failed':
      return `${side}: failed: ${answer.state.fault.message}`;
    default:
      return `${side}: ${sayState(answer.state).words}`;
  }
}

function ordinal(place: number): string {
  const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${place}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)]}`;
}
