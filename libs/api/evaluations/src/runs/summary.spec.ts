import type { ItemFigures, PairFigures, SideFigures } from './item-figures';
import { summaryOf } from './summary';

const side = (passed: boolean | null, total_ms = 10): SideFigures => ({ passed, total_ms, ttft_ms: null, tokens_per_second: null, characters: 4 });
const pair = (changes: Partial<PairFigures> = {}): PairFigures => ({ isSame: false, lengthRatio: 1, divergence: null, winner: null, ...changes });
const item = (baseline: boolean | null, derivative: boolean | null, changes: Partial<PairFigures> = {}): ItemFigures => ({
  sides: [side(baseline), side(derivative, 30)],
  pairs: [pair(changes)],
});
const each = (...items: ItemFigures[]) => new Map(items.map((figures, place) => [place, [figures]]));

describe('summaryOf', () => {
  it('counts flips over what was judged on both sides, with McNemar’s reference value', () => {
    const items = [
      ...Array<ItemFigures>(8).fill(item(true, false)),
      ...Array<ItemFigures>(2).fill(item(false, true)),
      item(true, true),
      item(null, true),
      item(true, null),
    ];
    const { flips, mcnemar, holm, measures } = summaryOf(['a', 'b'], each(...items));
    expect(flips).toEqual({ count: 10, share: 10 / 11, n: 11 });
    expect(mcnemar).toEqual({ b: 8, c: 2, p: expect.closeTo(0.109375, 12) });
    expect(holm).toEqual([{ model: 'b', p: mcnemar.p }]);
    expect(measures.map(({ pass_rate }) => pass_rate?.n)).toEqual([12, 12]);
  });

  it('corrects the tests of several variants together', () => {
    const figures: ItemFigures = { sides: [side(true), side(false), side(true)], pairs: [pair(), pair()] };
    const { pairs } = summaryOf(['a', 'b', 'c'], each(...Array<ItemFigures>(6).fill(figures)));
    expect(pairs.map(({ mcnemar, holm }) => [mcnemar.p, holm])).toEqual([
      [expect.closeTo(2 / 64, 12), expect.closeTo(4 / 64, 12)],
      [1, 1],
    ]);
  });

  it('takes the repeats of a prompt for one finding', () => {
    const once = summaryOf(['a', 'b'], each(item(true, true), item(false, true), item(true, true)));
    const thrice = summaryOf(
      ['a', 'b'],
      new Map([
        [0, Array<ItemFigures>(3).fill(item(true, true))],
        [1, Array<ItemFigures>(3).fill(item(false, true))],
        [2, Array<ItemFigures>(3).fill(item(true, true))],
      ]),
    );
    const [few, many] = [once, thrice].map(({ measures }) => measures[0]?.pass_rate);
    expect([few?.n, many?.n]).toEqual([3, 9]);
    expect(many?.interval?.low).toBeCloseTo(few?.interval?.low ?? 0, 0);
    expect((many?.interval?.high ?? 0) - (many?.interval?.low ?? 0)).toBeGreaterThan(0.5);
  });

  it('counts what the judge found as votes, decided by the evidence alone', () => {
    const votes = (baseline: number, derivative: number, tie: number) =>
      summaryOf(
        ['a', 'b'],
        each(
          ...Array<ItemFigures>(baseline).fill(item(null, null, { winner: 'baseline' })),
          ...Array<ItemFigures>(derivative).fill(item(null, null, { winner: 'derivative' })),
          ...Array<ItemFigures>(tie).fill(item(null, null, { winner: 'tie' })),
        ),
      ).votes;
    expect(votes(10, 30, 20)).toMatchObject({ decisive: 40, win_rate: 0.75, evidence: expect.closeTo(31.637, 3), decided: 'derivative' });
    expect(votes(6, 14, 0)).toMatchObject({ evidence: expect.closeTo(1.2882, 4), decided: null });
    expect(votes(10, 0, 0)).toMatchObject({ win_rate: 0, decided: 'baseline' });
    expect(votes(0, 0, 0)).toBeNull();
  });

  it('tells how many items diverge by how much', () => {
    const scored = (...divergences: (number | null)[]) => summaryOf(['a', 'b'], each(...divergences.map((divergence) => item(null, null, { divergence }))));
    expect(scored(0, 0.19, 0.2, 2, null).pairs[0]?.divergence_histogram).toEqual({ bin_width: 0.2, counts: [2, 1, 0, 0, 0, 0, 0, 0, 0, 1] });
    expect(scored(null).pairs[0]?.divergence_histogram).toBeNull();
  });

  it('knows nothing of a run that has not begun', () => {
    const { measures, pairs, flips, votes } = summaryOf(['a', 'b'], new Map());
    expect(measures.map(({ pass_rate, latency_ms }) => [pass_rate, latency_ms])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect([pairs[0]?.same_answer, flips, votes]).toEqual([null, { count: 0, share: null, n: 0 }, null]);
  });

  it('leaves out a side that has no answer', () => {
    const { measures, pairs } = summaryOf(['a', 'b'], each({ sides: [side(true, 20), null], pairs: [null] }, item(true, true)));
    expect(measures.map(({ latency_ms }) => latency_ms)).toMatchObject([
      { value: 15, n: 2 },
      { value: 30, n: 1 },
    ]);
    expect(pairs[0]?.length_ratio?.n).toBe(1);
  });

  it.each([
    [8, 2, 0.109375],
    [5, 1, 0.21875],
    [2, 8, 0.109375],
    [0, 6, 2 / 64],
    [3, 3, 1],
    [0, 0, 1],
  ])('has of %d that only the first and %d that only the other got right: p = %d, whatever both did alike', (b, c, p) => {
    const items = [...Array<ItemFigures>(b).fill(item(true, false)), ...Array<ItemFigures>(c).fill(item(false, true))];
    for (const alike of [[], [item(true, true), item(false, false)]]) {
      const { flips, mcnemar } = summaryOf(['a', 'b'], each(...items, ...alike));
      const n = b + c + alike.length;
      expect(mcnemar).toEqual({ b, c, p: expect.closeTo(p, 12) });
      expect(flips).toEqual({ count: b + c, share: n === 0 ? null : expect.closeTo((b + c) / n, 12), n });
    }
  });

  it('tests each variant against the first, and tells the first of them by itself', () => {
    const figures = (first: boolean, ...others: boolean[]): ItemFigures => ({
      sides: [first, ...others].map((passed) => side(passed)),
      pairs: others.map(() => pair()),
    });
    const found = summaryOf(['a', 'b', 'c', 'd'], each(...Array<ItemFigures>(8).fill(figures(true, false, true, false)), figures(false, true, true, true)));
    expect(found.pairs.map(({ model, flips, mcnemar }) => [model, flips.count, mcnemar.b, mcnemar.c])).toEqual([
      ['b', 9, 8, 1],
      ['c', 1, 0, 1],
      ['d', 9, 8, 1],
    ]);
    expect([found.flips, found.mcnemar]).toEqual([found.pairs[0]?.flips, found.pairs[0]?.mcnemar]);
    // Holm's: the smallest of three times 3, the next times 2, none below one before it
    const p = 20 / 512;
    expect(found.holm).toEqual([
      { model: 'b', p: expect.closeTo(3 * p, 12) },
      { model: 'c', p: 1 },
      { model: 'd', p: expect.closeTo(3 * p, 12) },
    ]);
  });

  it('has intervals as wide as prompts differ, not as their repeats do', () => {
    const taking = (...ms: number[]): ItemFigures[] => ms.map((total_ms) => ({ sides: [side(null, total_ms), side(null)], pairs: [pair()] }));
    const latency = (...prompts: ItemFigures[][]) => summaryOf(['a', 'b'], new Map(prompts.map((items, place) => [place, items]))).measures[0]?.latency_ms;
    const known = latency(taking(1), taking(2), taking(6));
    expect(known).toMatchObject({ value: 3, n: 3, interval: { high: expect.closeTo(3 * Math.exp((1.959964 * Math.sqrt(7 / 3)) / 3), 5) } });
    expect(latency(taking(1, 1, 1), taking(2, 2, 2), taking(6, 6, 6))).toMatchObject({
      ...{ value: 3, n: 9 },
      interval: { low: expect.closeTo(known?.interval?.low ?? 0, 10), high: expect.closeTo(known?.interval?.high ?? 0, 10) },
    });
    expect(latency(taking(1, 2, 6))).toEqual({ value: 3, interval: null, n: 3 });
    expect(latency(taking(0, 4), taking(1, 3))?.interval).toEqual({ low: 2, high: 2 });
  });

  it('has no interval below 0 of lengths that differ widely', () => {
    const { pairs } = summaryOf(['a', 'b'], each(...[0, 0, 3].map((lengthRatio) => item(null, null, { lengthRatio }))));
    expect(pairs[0]?.length_ratio).toEqual({ value: 1, interval: { low: expect.closeTo(0.140864, 5), high: expect.closeTo(7.099072, 5) }, n: 3 });
  });

  it('means over what is known alone: what was not scored, not judged or had no length counts nowhere', () => {
    const { pairs } = summaryOf(
      ['a', 'b'],
      each(item(null, null, { divergence: 0.5, lengthRatio: null }), item(null, null, { divergence: null, lengthRatio: 3 })),
    );
    expect(pairs[0]).toMatchObject({
      ...{ divergence: { value: 0.5, n: 1 }, length_ratio: { value: 3, n: 1 } },
      ...{ same_answer: { value: 0, n: 2 }, flips: { count: 0, share: null, n: 0 }, votes: null },
    });
  });
});
