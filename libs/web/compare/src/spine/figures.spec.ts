import { type ModelCard, type Price, type Usage } from '@tandem/shared/contracts';
import { type AnswerView } from '@tandem/web/run';
import { PLAIN_SETTINGS } from '../settings/settings';
import { type SideAnswer, type TurnView } from '../turn/turn-view';
import { figuresOf } from './figures';

const usage = (completion_tokens: number): Usage => ({ prompt_tokens: 10, completion_tokens, total_tokens: 10 + completion_tokens });
const price = (input: number, output: number, more: Partial<Price> = {}): Price => ({ input, output, currency: 'USD', unit: '1M tokens', ...more });
const card = (id: string, of: Price | null): [string, ModelCard] => [id, { id, price: of } as ModelCard];

const answer = (side: string, more: Partial<AnswerView> = {}): SideAnswer => ({
  ...{ side, model: side, settings: PLAIN_SETTINGS, earlier: [] },
  answer: {
    text: 'It is a river.',
    thoughts: '',
    state: { kind: 'done' },
    firstTokenMs: 42,
    tokensPerSecond: 100,
    tokens: 10,
    usage: usage(10),
    ...more,
  } as AnswerView,
});

const figures = (left: Partial<AnswerView>, right: Partial<AnswerView>, cards: [string, ModelCard][] = []): Record<string, string> => {
  const turn: TurnView = { id: 't', prompt: '', askedAtMs: 0, answers: [answer('baseline', left), answer('derivative', right)], goOn: undefined, measured: [] };
  return Object.fromEntries(figuresOf(turn, new Map(cards)).map(({ name, words }) => [name, words]));
};

describe('figuresOf', () => {
  it('tells how the right answer differs from the left one', () => {
    const right = { text: 'It is a lake.', firstTokenMs: 39, tokensPerSecond: 103, usage: usage(5) };
    const cards = [card('baseline', price(0, 10)), card('derivative', price(0, 2))];
    expect(figures({}, right, cards)).toEqual({
      'first token': 'first token −3 ms',
      speed: '1.03× tok/s',
      length: '7 % shorter',
      cost: '−90 % cost',
      difference: 'first difference: word 4',
    });
  });

  it('says of the same answers that they are', () => {
    expect(figures({}, {})).toMatchObject({ 'first token': 'first token ±0 ms', length: 'as long', difference: 'the same text' });
  });

  it.each<[string, Partial<AnswerView>, [string, ModelCard][]]>([
    ['no prices', {}, []],
    ['a price on one side', {}, [card('baseline', price(1, 1)), card('derivative', null)]],
    ['two currencies', {}, [card('baseline', price(1, 1)), card('derivative', price(1, 1, { currency: 'EUR' }))]],
    ['two units', {}, [card('baseline', price(1, 1)), card('derivative', price(1, 1, { unit: '1K tokens' }))]],
    ['a model that costs nothing', {}, [card('baseline', price(0, 0)), card('derivative', price(1, 1))]],
  ])('leaves out the cost with %s', (_, right, cards) => {
    expect(figures({}, right, cards)).not.toHaveProperty('cost');
  });

  it.each([
    [20, 10, '2× as long'],
    [19, 10, '90 % longer'],
    [35, 10, '3.5× as long'],
    [12_340, 10, '1,234× as long'],
    [1, 20, '95 % shorter'],
  ])('of %d characters after %d says: %s', (now, before, words) => {
    expect(figures({ text: 'x'.repeat(before) }, { text: 'x'.repeat(now) })).toMatchObject({ length: words });
  });

  it('leaves out what was not counted', () => {
    const { usage: _, ...uncounted } = answer('derivative').answer;
    const turn = {
      id: 't',
      prompt: '',
      askedAtMs: 0,
      answers: [answer('baseline'), { ...answer('derivative'), answer: uncounted }],
      goOn: undefined,
      measured: [],
    };
    const cards = new Map([card('baseline', price(1, 1)), card('derivative', price(1, 1))]);
    expect(figuresOf(turn, cards).map(({ name }) => name)).toEqual(['first token', 'length', 'difference']);
  });

  it('tells no length and no place of an answer that asks for a tool and says nothing', () => {
    const asks = { text: '', calls: [{ index: 0, name: 'get_time', arguments: '{}' }] } as Partial<AnswerView>;
    expect(Object.keys(figures({}, asks))).toEqual(['first token', 'speed']);
    expect(Object.keys(figures(asks, {}))).toEqual(['first token', 'speed']);
  });

  it('compares no answer that is not whole', () => {
    expect(figures({}, { state: { kind: 'stopped' } })).toEqual({});
    expect(figures({ text: '' }, {})).toEqual({});
  });
});
