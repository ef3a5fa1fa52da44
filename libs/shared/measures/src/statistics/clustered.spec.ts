import { randomNumbers } from '../testing/random';
import { clusteredMean, clusteredShare } from './clustered';
import { wilsonInterval } from './intervals';

const alone = (hits: number, n: number): boolean[][] => Array.from({ length: n }, (_, index) => [index < hits]);

describe('clusteredMean', () => {
  it('is as wide as the clusters differ, however often each was repeated', () => {
    const once = clusteredMean([[1], [2], [6]]);
    const thrice = clusteredMean([
      [1, 1, 1],
      [2, 2, 2],
      [6, 6, 6],
    ]);
    expect(once).toMatchObject({ value: 3, n: 3 });
    expect(thrice).toMatchObject({ value: 3, n: 9 });
    expect(thrice?.interval?.low).toBeCloseTo(once?.interval?.low ?? 0, 12);
    // standard error √(7/3) = 1.527525, over the mean .509175; e to 1.959964 of these is 2.712755
    expect(once?.interval).toEqual({ low: expect.closeTo(1.105887, 5), high: expect.closeTo(8.138266, 5) });
  });

  it('has an interval that does not reach what is below 0, however much the clusters differ', () => {
    // mean 1, standard error 1: 1 − 1.96 would be −0.96
    expect(clusteredMean([[0], [0], [3]])?.interval).toEqual({ low: expect.closeTo(0.140864, 5), high: expect.closeTo(7.099072, 5) });
    expect(clusteredMean([[0], [0]])?.interval).toEqual({ low: 0, high: 0 });
    expect(clusteredMean([[2], [2]])?.interval).toEqual({ low: 2, high: 2 });
  });

  it('holds the truth in 95 of 100 cases where most values are small and some are large', () => {
    const random = randomNumbers(29);
    let hits = 0;
    for (let round = 0; round < 1_000; round++) {
      // exponential, of mean 1
      const { low, high } = clusteredMean(Array.from({ length: 40 }, () => [-Math.log(1 - random())]))?.interval ?? { low: 1, high: 0 };
      if (low <= 1 && 1 <= high) hits += 1;
    }
    expect(hits / 1_000).toBeGreaterThan(0.93);
    expect(hits / 1_000).toBeLessThan(0.97);
  });

  it('has no interval of one cluster, and nothing of none', () => {
    expect(clusteredMean([[1, 2, 3]])).toEqual({ value: 2, interval: null, n: 3 });
    expect(clusteredMean([[]])).toBeNull();
  });
});

describe('clusteredShare', () => {
  it.each([
    [0, 10],
    [10, 10],
  ])('is Wilson’s for %d of %d prompts asked once', (hits, n) => {
    expect(clusteredShare(alone(hits, n))).toEqual({ value: hits / n, interval: wilsonInterval(hits, n), n });
  });

  it('takes repeats that always agree for one finding', () => {
    const { interval } = clusteredShare(Array.from({ length: 20 }, (_, index) => Array<boolean>(5).fill(index < 14))) ?? {};
    const single = wilsonInterval(14, 20);
    expect(interval?.low).toBeCloseTo(single.low, 1);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan((single.high - single.low) * 0.95);
  });

  it('stays within 0 and 1, and has no interval of one prompt', () => {
    const { interval } = clusteredShare(alone(1, 30)) ?? {};
    expect(interval?.low).toBeGreaterThan(0);
    expect(clusteredShare([[true, false]])).toEqual({ value: 0.5, interval: null, n: 2 });
    expect(clusteredShare([])).toBeNull();
  });

  it('holds the truth in 95 of 100 cases although the repeats of a prompt are alike', () => {
    const random = randomNumbers(23);
    let hits = 0;
    for (let round = 0; round < 1_000; round++) {
      const clusters = Array.from({ length: 60 }, () => {
        const ease = random();
        return Array.from({ length: 4 }, () => random() < ease);
      });
      const { low, high } = clusteredShare(clusters)?.interval ?? { low: 1, high: 0 };
      if (low <= 0.5 && 0.5 <= high) hits += 1;
    }
    expect(hits / 1_000).toBeGreaterThan(0.93);
    expect(hits / 1_000).toBeLessThan(0.98);
  });
});
