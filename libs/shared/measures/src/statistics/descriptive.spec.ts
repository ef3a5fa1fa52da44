import { randomNumbers } from '../testing/random';
import { medianOf, quantileOf } from './quantile';
import { spreadOf } from './spread';
import { standardErrorOf } from './standard-error';
import { meanOf, sumOf } from './sum';

describe('sumOf', () => {
  it('loses nothing that a plain sum would', () => {
    expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
    expect(sumOf(Array.from({ length: 1_000_000 }, () => 0.1))).toBeCloseTo(100_000, 10);
  });

  it('carries what is infinite', () => {
    expect(sumOf([1, Number.POSITIVE_INFINITY, 1])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('quantileOf', () => {
  it('interpolates on n − 1', () => {
    expect(quantileOf([40, 10, 30, 20], 0.25)).toBe(17.5);
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(quantileOf([1, 2, 3], 1)).toBe(3);
    expect(quantileOf([5], 0.99)).toBe(5);
    expect(quantileOf([], 0.5)).toBeNaN();
  });

  it('leaves the values in their order', () => {
    const values = [2, 1];
    quantileOf(values, 0.5);
    expect(values).toEqual([2, 1]);
  });
});

describe('standardErrorOf', () => {
  it('is the usual one where every value stands for itself', () => {
    const values = [1, 2, 4, 9];
    const mean = meanOf(values);
    const deviation = Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / 3);
    expect(standardErrorOf(values.map((value) => [value]))).toBeCloseTo(deviation / 2, 12);
  });

  it('does not take repetitions of one finding for more findings', () => {
    const once = standardErrorOf([[1], [2], [4]]);
    expect(
      standardErrorOf([
        [1, 1, 1],
        [2, 2, 2],
        [4, 4, 4],
      ]),
    ).toBeCloseTo(once ?? 0, 12);
  });

  it('is not known of fewer than two clusters', () => {
    expect(standardErrorOf([[1, 2, 3], []])).toBeNull();
  });
});

describe('spreadOf', () => {
  it('takes order statistics that enclose the median in 95 of 100 cases', () => {
    expect(spreadOf([6, 1, 5, 2, 4, 3])).toEqual({ median: 3.5, interval: { low: 1, high: 6 } });
    expect(spreadOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?.interval).toEqual({ low: 2, high: 9 });
  });

  it('has no interval of fewer than six values, and nothing of none', () => {
    expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ median: 3, interval: null });
    expect(spreadOf([])).toBeNull();
  });

  it('keeps its promise over random samples', () => {
    const random = randomNumbers(5);
    let hits = 0;
    for (let round = 0; round < 2_000; round++) {
      const { interval } = spreadOf(Array.from({ length: 15 }, () => Math.exp(random()))) ?? { interval: null };
      if (interval !== null && interval.low <= Math.exp(0.5) && Math.exp(0.5) <= interval.high) hits += 1;
    }
    expect(hits / 2_000).toBeGreaterThan(0.95);
  });
});
