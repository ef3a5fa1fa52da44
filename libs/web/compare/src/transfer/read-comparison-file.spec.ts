import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { type AnswerState } from '@tandem/web/run';
import { type ComparisonRecord } from '../history/comparison-record';
import { type KeptTurn } from '../turn/turn-view';
import { toComparisonFile } from './comparison-file';
import { readComparisonFile } from './read-comparison-file';

const SETTINGS = { parameters: { ...STREAM_PARAMETERS, temperature: 0.2 }, system: 'Be brief.', isParity: true } as const;
const FAULT = { code: 'context_length_exceeded', message: 'Too long.', retryable: false, param: 'messages' } as const;

const answer = (side: string, text: string): KeptTurn['answers'][number] => ({
  side,
  model: `model of ${side}`,
  settings: SETTINGS,
  earlier: [],
  position: null,
  answer: {
    ...{ id: `${side} 1`, prompt: 'What is it?', thoughts: 'Well.', text, state: { kind: 'done', reason: 'stop' }, firstTokenMs: 12, tokensPerSecond: 40 },
    ...{ tokens: 3, ignored: ['top_k'], seed: 7, usage: { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 } },
    timings: { queue_ms: 1, load_ms: 0, ttft_ms: 12, total_ms: 90, tokens_per_second: 40, source: 'server' },
    calls: [{ index: 0, name: 'look', arguments: '{}' }],
  },
});

const ended = (side: string, state: AnswerState): KeptTurn['answers'][number] => {
  const one = answer(side, 'A sea.');
  return { ...one, answer: { ...one.answer, prompt: 'Who?', state } };
};

const RECORD: ComparisonRecord = {
  ...{ id: 'a', title: 'Rivers', isNamed: true, createdAtMs: 1_000, updatedAtMs: 2_000, modelTitles: ['Base', 'Tuned'], prompts: 'What is it?\nWho?\nAnd?' },
  ...{ models: ['base', 'tuned'], settings: [SETTINGS, SETTINGS], revision: 4 },
  turns: [
    {
      ...{ id: 't', prompt: 'What is it?', askedAtMs: 1_000, goOn: { kind: 'one', side: 'baseline' } },
      answers: [answer('baseline', 'A river.'), answer('derivative', 'A brook.')],
      measured: [{ side: 'baseline', firstTokenMs: [1, 2], tokensPerSecond: [40], planned: 8, asked: '["base"]' }],
      view: 'words',
    },
    {
      ...{ id: 'u', prompt: 'Who?', askedAtMs: 1_000, goOn: undefined, measured: [] },
      answers: [ended('baseline', { kind: 'failed', fault: FAULT }), ended('derivative', { kind: 'done' })],
      blind: { id: 'b', isCrossed: true, reveal: { vote: 'derivative', left: 'tuned', right: 'base' } },
    },
    { id: 'v', prompt: 'And?', askedAtMs: 1_000, goOn: undefined, measured: [], answers: [], blind: { id: 'c', isCrossed: false } },
  ],
};

/** A file whose part at `path` is something else. */
const fileWith = (path: readonly (string | number)[], value: unknown): string => {
  const file = JSON.parse(JSON.stringify(toComparisonFile(RECORD))) as Record<string | number, never>;
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((part, step) => part[step] as Record<string | number, unknown>, file);
  holder[last] = value;
  return JSON.stringify(file);
};

describe('a comparison that is imported', () => {
  it('is the one that was exported, under ids of its own', () => {
    const read = readComparisonFile(JSON.stringify(toComparisonFile(RECORD)));
    const withoutIds = (record: ComparisonRecord): unknown =>
      JSON.parse(JSON.stringify(record, (name, value: unknown) => (name === 'id' || name === 'revision' ? undefined : value)));
    expect(withoutIds(read)).toEqual(withoutIds(RECORD));
    expect(read.turns.map(({ blind }) => blind?.id)).toEqual([undefined, 'b', 'c']);
    expect([read.id, read.turns[0]?.id, read.revision].some((own) => own === 'a' || own === 't' || own === 4)).toBe(false);
  });

  it.each<[readonly (string | number)[], unknown, string]>([
    [['format'], 'tandem-chat', 'This is not a comparison that was exported here.'],
    [['version'], 2, 'exported by a newer version'],
    [['turns'], {}, 'turns must be a list'],
    [['turns'], [], 'turns must be a list of at least one turn'],
    [['title'], null, 'title must be text'],
    [['turns', 0], 'x', 'turns[0] must be an object'],
    [['turns', 0, 'prompt'], 3, 'turns[0].prompt must be text'],
    [['turns', 0, 'answers'], null, 'turns[0].answers must be a list'],
    [['turns', 0, 'answers', 1, 'side'], 'baseline', 'turns[0].answers must be one answer of each side at the most'],
    [['turns', 0, 'answers', 1, 'side'], 'left', 'turns[0].answers[1].side must be "baseline" or "derivative"'],
    [['turns', 0, 'answers', 0, 'answer'], [], 'turns[0].answers[0].answer must be an object'],
    [['turns', 0, 'answers', 0, 'answer', 'text'], 1, 'turns[0].answers[0].answer.text must be text'],
    [['turns', 0, 'answers', 0, 'answer', 'calls'], [{}], 'turns[0].answers[0].answer.calls[0].name must be text'],
  ])('is refused with %j as %j, and why', (path, value, words) => expect(() => readComparisonFile(fileWith(path, value))).toThrow(words));

  it.each<[readonly (string | number)[], unknown, (record: ComparisonRecord) => unknown, unknown]>([
    [['settings', 0], { parameters: { temperature: 99 } }, ({ settings }) => settings[0], { parameters: STREAM_PARAMETERS, system: '' }],
    [['models'], 'base', ({ models }) => models, [null, null]],
    [['updatedAtMs'], 1e300, ({ updatedAtMs }) => updatedAtMs, 1_000],
    [['turns', 0, 'goOn'], { kind: 'one', side: 'left' }, ({ turns }) => turns[0]?.goOn, undefined],
    [['turns', 0, 'answers', 0, 'answer', 'state'], { kind: 'streaming' }, ({ turns }) => turns[0]?.answers[0]?.answer.state, { kind: 'interrupted' }],
    [['turns', 0, 'answers', 0, 'answer', 'tokens'], -1, ({ turns }) => turns[0]?.answers[0]?.answer.tokens, 0],
  ])('has what can be told where %j is %j', (path, value, of, expected) => expect(of(readComparisonFile(fileWith(path, value)))).toEqual(expected));
});
