import { flipsOf, type JudgedPair } from './flips';

const pairs = (count: number, baseline: boolean, derivative: boolean): JudgedPair[] => Array.from({ length: count }, () => ({ baseline, derivative }));

describe('flipsOf', () => {
  it.each([
    { b: 2, c: 8, p: 0.109375 },
    { b: 5, c: 1, p: 0.21875 },
  ])('has the reference value of McNemar’s exact test for $c : $b', ({ b, c, p }) => {
    const { mcnemar } = flipsOf([...pairs(b, true, false), ...pairs(c, false, true), ...pairs(30, true, true)]);
    expect(mcnemar).toEqual({ b, c, p: expect.closeTo(p, 12) });
  });

  it('counts what changed either way, also where the averages are equal', () => {
    const { n, count, share } = flipsOf([...pairs(3, true, false), ...pairs(3, false, true), ...pairs(5, true, true), ...pairs(1, false, false)]);
    expect([n, count, share]).toEqual([12, 6, 0.5]);
  });

  it('finds nothing in nothing', () => {
    expect(flipsOf([])).toEqual({ n: 0, count: 0, share: null, mcnemar: { b: 0, c: 0, p: 1 } });
  });
});
