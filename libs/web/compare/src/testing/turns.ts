import { type ModelCard, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { type AnswerView } from '@tandem/web/run';
import { type AskSettings, PLAIN_SETTINGS } from '../settings/settings';
import { type SideAnswer, type TurnView } from '../turn/turn-view';

const TIMINGS = { queue_ms: 0, load_ms: 0, ttft_ms: 40, total_ms: 100, tokens_per_second: 50, source: 'server' } as const;

export const CARDS: readonly ModelCard[] = [
  { id: 'base', title: 'Base', role: 'baseline', baseline_id: null },
  { id: 'tuned', title: 'Tuned', role: 'twodelta', baseline_id: 'base' },
] as ModelCard[];

export const settings = (more: Partial<AskSettings> = {}): AskSettings => ({ ...PLAIN_SETTINGS, parameters: STREAM_PARAMETERS, ...more });

/** A whole answer of a side. */
export const sideAnswer = (side: 'baseline' | 'derivative', more: Partial<AnswerView> = {}, asked: Partial<SideAnswer> = {}): SideAnswer => ({
  side,
  model: side === 'baseline' ? 'base' : 'tuned',
  settings: settings(),
  earlier: [],
  answer: {
    ...{ id: `answer of ${side}`, prompt: 'Hi', thoughts: '', text: `${side} says hello`, state: { kind: 'done', reason: 'stop' }, firstTokenMs: 40 },
    ...{ tokensPerSecond: 50, tokens: 7, ignored: [], seed: 7, usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }, timings: TIMINGS },
    ...more,
  },
  ...asked,
});

export const turn = (answers: readonly SideAnswer[] = [sideAnswer('baseline'), sideAnswer('derivative')], more: Partial<TurnView> = {}): TurnView => ({
  ...{ id: 'one', prompt: 'Hi', askedAtMs: 0, goOn: undefined, measured: [] },
  answers,
  ...more,
});

/** The same with the sides in each other's place. */
export const swapped = ({ answers, ...rest }: TurnView): TurnView => ({
  ...rest,
  answers: answers.toReversed().map((answer) => ({ ...answer, side: answer.side === 'baseline' ? 'derivative' : 'baseline' })),
});
