import { answerOf } from '../testing/answer-of';
import { charactersOf, figuresOf, type ItemFigures, type PairFigures, type SideFigures, sortedBy } from './item-figures';

const FAULT = { code: 'upstream_rejected', message: 'no', retryable: false } as const;
const side = (passed: boolean | null, total_ms: number | null = null): SideFigures => ({
  passed,
  total_ms,
  ttft_ms: null,
  tokens_per_second: null,
  characters: 1,
});
const pair = (changes: Partial<PairFigures> = {}): PairFigures => ({ isSame: true, lengthRatio: 1, divergence: null, winner: null, ...changes });
const figures = (sides: ItemFigures['sides'], pairs: ItemFigures['pairs']): ItemFigures => ({ sides, pairs });

describe('charactersOf', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['äöü', 3],
    ['😀', 1],
    ['a😀b', 3],
    ['👨‍👩‍👧', 5],
    ['\ud83d', 1],
  ])('of %j: %d code points', (text, count) => {
    expect(charactersOf(text)).toBe(count);
  });
});

describe('figuresOf', () => {
  it('are what is counted of each side', () => {
    const timings = { queue_ms: 1, load_ms: 2, ttft_ms: 30, total_ms: 400, tokens_per_second: 50, source: 'measured' } as const;
    const [one, other] = [answerOf('a', 'Grüße', { timings, check: { passed: true, checks: [] } }), answerOf('b', '', { timings: null, check: null })];
    expect(figuresOf([one, other], [], []).sides).toEqual([
      { passed: true, total_ms: 400, ttft_ms: 30, tokens_per_second: 50, characters: 5 },
      { passed: null, total_ms: null, ttft_ms: null, tokens_per_second: null, characters: 0 },
    ]);
  });

  it.each([
    ['same', 'same', true, 1],
    ['same', ' same\n', true, 1.5],
    ['Same', 'same', false, 1],
    ['ab', 'abcd', false, 2],
    ['abcd', '', false, 0],
    ['', 'abcd', false, null],
    ['', '', true, null],
    ['😀', 'ab', false, 2],
  ])('of %j and %j: same %s, length ratio %s', (first, second, isSame, lengthRatio) => {
    expect(figuresOf([answerOf('a', first), answerOf('b', second)], [], []).pairs).toEqual([{ isSame, lengthRatio, divergence: null, winner: null }]);
  });

  it('has what was measured and judged with the side it is about', () => {
    const answers = ['a', 'b', 'c', 'd'].map((model) => answerOf(model, 'x'));
    const { pairs } = figuresOf(answers, [0.5, null, 0.25], ['tie', 'derivative']);
    expect(pairs.map((found) => [found?.divergence, found?.winner])).toEqual([
      [0.5, 'tie'],
      [null, 'derivative'],
      [0.25, null],
    ]);
  });

  it('knows nothing of a side that failed, nor of the pairs it is in, also where it said something', () => {
    const failed = answerOf('b', 'half an ans', { error: FAULT });
    expect(figuresOf([answerOf('a', 'x'), failed, answerOf('c', 'x')], [], [])).toMatchObject({ sides: [{}, null, {}], pairs: [null, { isSame: true }] });
    expect(figuresOf([failed, answerOf('a', 'x'), answerOf('c', 'x')], [], [])).toMatchObject({ sides: [null, {}, {}], pairs: [null, null] });
  });
});

describe('sortedBy', () => {
  it('takes the slowest side, and of several variants what is farthest from the first', () => {
    const sides = [side(null, 10), side(null, 300), side(null, 20)];
    const pairs = [pair({ divergence: 0.5, lengthRatio: 2 }), pair({ divergence: 0.75, lengthRatio: 0.25 })];
    expect(sortedBy(figures(sides, pairs))).toMatchObject({ latency: 300, divergence: 0.75, length_ratio: 0.25 });
  });

  it.each([
    [[2, 0.4], 0.4],
    [[1, 1.1], 1.1],
    [[0, 1_000], 0],
    [[null, 1], 1],
    [[null, null], null],
    [[], null],
  ] as const)('holds of the length ratios %j for the farthest: %s', (ratios, expected) => {
    expect(
      sortedBy(
        figures(
          [],
          ratios.map((lengthRatio) => pair({ lengthRatio })),
        ),
      ).length_ratio,
    ).toBe(expected);
  });

  it.each([
    [[true, false], 1],
    [[false, true], 1],
    [[true, true], 0],
    [[false, false], 0],
    [[null, true], 0],
    [[true, null], 0],
    [[true, true, false], 1],
    [[false, null, true], 1],
  ] as const)('tells a flip only where the first was judged and another was judged otherwise: %j', (passed, is_flip) => {
    expect(
      sortedBy(
        figures(
          passed.map((one) => side(one)),
          [],
        ),
      ).is_flip,
    ).toBe(is_flip);
  });

  it('tells a disagreement where texts differ, and nothing where nobody answered', () => {
    expect(sortedBy(figures([], [pair(), pair({ isSame: false })])).is_disagreement).toBe(1);
    expect(sortedBy(figures([null, null], [null]))).toEqual({ divergence: null, length_ratio: null, latency: null, is_flip: 0, is_disagreement: 0 });
  });
});
