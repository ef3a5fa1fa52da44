import { randomNumbers } from '../testing/random';
import { atLeast } from './binomial';
import { anytimeInterval, evidenceOf } from './evidence';
import { clopperPearsonInterval, type Interval, wilsonInterval } from './intervals';
import { holm, signTest } from './sign-test';
import { votesForPower, votesNeeded } from './votes-needed';
import { winRateOf } from './win-rate';

const digits = (interval: Interval, count: number) => [interval.low, interval.high].map((bound) => Number(bound.toFixed(count)));

describe('the figures of a vote', () => {
  it('have the reference values for 14 of 20', () => {
    expect(digits(wilsonInterval(14, 20), 4)).toEqual([0.481, 0.8545]);
    expect(digits(clopperPearsonInterval(14, 20), 4)).toEqual([0.4572, 0.8811]);
    expect(signTest(14, 20)).toBeCloseTo(0.115318, 6);
    expect(digits(anytimeInterval(14, 20), 4)).toEqual([0.3731, 0.9246]);
    expect(evidenceOf(14, 20)).toBeCloseTo(1.2882, 4);
  });

  it('have the reference values for 30 of 40 decisive beside 20 ties', () => {
    expect(winRateOf({ baseline: 10, derivative: 30, ties: 20 })).toEqual({ decisive: 40, share: 0.75, withTiesAsHalf: 40 / 60 });
    expect(digits(wilsonInterval(30, 40), 4)).toEqual([0.5981, 0.8581]);
    expect(signTest(30, 40)).toBeCloseTo(0.002221, 6);
    expect(digits(anytimeInterval(30, 40), 4)).toEqual([0.5117, 0.9144]);
    expect(evidenceOf(30, 40)).toBeCloseTo(31.637, 3);
  });

  it('have the reference values for 60 of 100', () => {
    expect(digits(wilsonInterval(60, 100), 4)).toEqual([0.502, 0.6906]);
    expect(digits(clopperPearsonInterval(60, 100), 4)).toEqual([0.4972, 0.6967]);
    expect(signTest(60, 100)).toBeCloseTo(0.056888, 6);
    expect(evidenceOf(60, 100)).toBeCloseTo(0.913, 3);
  });

  it('have the reference values for none and all of 10', () => {
    expect(digits(wilsonInterval(0, 10), 4)).toEqual([0, 0.2775]);
    expect(digits(wilsonInterval(10, 10), 4)).toEqual([0.7225, 1]);
    expect(evidenceOf(0, 10)).toBeCloseTo(93.09, 2);
    expect(digits(anytimeInterval(0, 10), 5)).toEqual([0, 0.41688]);
    expect(digits(anytimeInterval(10, 10), 5)).toEqual([0.58312, 1]);
  });

  it('say nothing before the first vote', () => {
    expect(evidenceOf(0, 0)).toBe(1);
    expect(signTest(0, 0)).toBe(1);
    for (const interval of [anytimeInterval, wilsonInterval, clopperPearsonInterval]) expect(interval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(winRateOf({ baseline: 0, derivative: 0, ties: 0 })).toEqual({ decisive: 0, share: null, withTiesAsHalf: null });
  });

  it('add up over very many votes too', () => {
    expect(atLeast(500, 1_000, 0.9)).toBeCloseTo(1, 10);
    expect(atLeast(5_001, 10_001, 0.5)).toBeCloseTo(0.5, 10);
    expect(atLeast(3, 4, 0.25)).toBeCloseTo(13 / 256, 12);
  });

  it('stay numbers over very many votes', () => {
    expect(evidenceOf(5_000, 5_000)).toBe(Number.MAX_VALUE);
    expect(signTest(5_000, 5_000)).toBe(0);
    expect(digits(anytimeInterval(50_000, 100_000), 2)).toEqual([0.49, 0.51]);
  });

  it.each([
    [3, 2],
    [-1, 2],
    [0.5, 2],
    [0, Number.NaN],
  ])('refuse %d of %d', (k, n) => {
    for (const figure of [evidenceOf, anytimeInterval, signTest, wilsonInterval, clopperPearsonInterval]) expect(() => figure(k, n)).toThrow('are no counts');
  });

  it('decide between equals once in twenty times at most, looked at after every vote, where the sign test does so far more often', () => {
    const random = randomNumbers(17);
    const decides = Array.from({ length: 200 }, (_, index) => Array.from({ length: index + 2 }, (_, k) => signTest(k, index + 1) < 0.05));
    const fired = { evidence: 0, signTest: 0 };
    for (let pair = 0; pair < 1_000; pair++) {
      const counts = Array.from({ length: 200 }, () => Number(random() < 0.5));
      for (let n = 1; n < counts.length; n++) counts[n] = (counts[n] ?? 0) + (counts[n - 1] ?? 0);
      if (counts.some((k, index) => evidenceOf(k, index + 1) >= 20)) fired.evidence += 1;
      if (counts.some((k, index) => decides[index]?.[k])) fired.signTest += 1;
    }
    expect(fired.evidence / 1_000).toBeLessThan(0.05);
    expect(Math.abs(fired.signTest / 1_000 - 0.291)).toBeLessThan(0.05);
  });
});

describe('signTest', () => {
  it('is McNemar’s exact test over pairs of which one side is right', () => {
    expect(signTest(8, 10)).toBeCloseTo(0.109375, 12);
    expect(signTest(5, 6)).toBeCloseTo(0.21875, 12);
  });
});

describe('holm', () => {
  it('has the reference values, in the order given', () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005]);
    expect(corrected.map((p) => Number(p.toFixed(12)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it('goes up to 1, and takes nothing', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('votesNeeded', () => {
  const REFERENCE = [
    { rate: 0.55, anytime: 1280, fixed: 420, power: 783 },
    { rate: 0.6, anytime: 285, fixed: 110, power: 194 },
    { rate: 0.65, anytime: 117, fixed: 54, power: 85 },
    { rate: 0.7, anytime: 63, fixed: 33, power: 47 },
    { rate: 0.8, anytime: 25, fixed: 15, power: 20 },
    { rate: 0.9, anytime: 12, fixed: 9, power: 10 },
  ];

  it.each(REFERENCE)('is $anytime at a rate of $rate', ({ rate, anytime }) => {
    expect(votesNeeded(rate)).toBe(anytime);
    expect(votesNeeded(1 - rate)).toBe(anytime);
    expect(evidenceOf(Math.round(rate * (anytime - 1)), anytime - 1)).toBeLessThan(20);
    for (let n = anytime; n < 3 * anytime; n++) expect(evidenceOf(Math.round(rate * n), n)).toBeGreaterThanOrEqual(20);
  });

  it.each([
    [51 / 100, 40_449],
    [50 / 99, 172_656],
    [0.5022, 1_000_000],
  ])('is known of what is nearly equal: at a rate of %d it is %d', (rate, needed) => {
    expect(votesNeeded(rate)).toBe(needed);
    expect(evidenceOf(Math.round(rate * (needed - 1)), needed - 1)).toBeLessThan(20);
    for (let n = needed; n < needed + 2_000; n++) expect(evidenceOf(Math.round(rate * n), n)).toBeGreaterThanOrEqual(20);
  });

  it.each(REFERENCE)('is more than the $fixed that a number fixed before would take at a rate of $rate', ({ rate, fixed }) => {
    expect(signTest(Math.round(rate * (fixed - 1)), fixed - 1)).toBeGreaterThan(0.05);
    for (let n = fixed; n < 2 * fixed; n++) expect(signTest(Math.round(rate * n), n)).toBeLessThanOrEqual(0.05);
  });

  it.each(REFERENCE)('is $power for a power of 80 % at a rate of $rate', ({ rate, power }) => {
    expect(votesForPower(rate)).toBe(power);
    expect(votesForPower(1 - rate)).toBe(power);
  });

  it('is not told where equals or nearly equals would never decide', () => {
    expect(votesNeeded(0.5)).toBeNull();
    expect(votesNeeded(0.5001)).toBeNull();
    expect(votesForPower(0.5)).toBeNull();
    expect(votesForPower(0.5001)).toBeNull();
  });

  it('refuses what is no share', () => {
    expect(() => votesNeeded(1.5)).toThrow('from 0 to 1, not 1.5');
    expect(() => votesNeeded(Number.NaN)).toThrow(RangeError);
    expect(() => votesForPower(-0.1)).toThrow('from 0 to 1, not -0.1');
  });
});
