import { oracleKl } from '../testing/oracle-kl';
import { expectationOf, klFrom } from './expectation';

/** Logits of so many tokens, as far apart as a trained model's. */
function logits(count: number, seed: number, spread = 4): number[] {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => spread * Math.sqrt(-2 * Math.log(next() + 1e-9)) * Math.cos(2 * Math.PI * next()));
}

/** As llama.cpp tells them: the likeliest first. */
function pairsOf(values: readonly number[]): number[] {
  return values
    .map((logit, token) => [token, logit] as const)
    .sort(([, one], [, other]) => other - one)
    .flat();
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what a model expects at one place', () => {
  it.each([4, 2_000, 152_000])('of %i tokens, kept and compared, gives the KL over the whole vocabulary', (size) => {
    const [ours, theirs] = [logits(size, 1), logits(size, 2)];
    expect(klFrom(expectationOf(pairsOf(ours)), pairsOf(theirs))).toBeCloseTo(oracleKl(ours, theirs), 3);
  });

  it.each([0, 0.1, 4, 40])('is no further than rounding from itself, however peaked: %d', (spread) => {
    const ours = pairsOf(logits(5_000, 3, spread));
    expect(klFrom(expectationOf(ours), ours)).toBeLessThan(1e-6);
  });

  it('is rounded either way, so that many places give the mean to a ten-thousandth', () => {
    const pairs = Array.from({ length: 200 }, (_, at) => [logits(300, at + 1), logits(300, at + 1_000)] as const);
    const found = mean(pairs.map(([ours, theirs]) => klFrom(expectationOf(pairsOf(ours)), pairsOf(theirs))));
    expect(Math.abs(found - mean(pairs.map(([ours, theirs]) => oracleKl(ours, theirs))))).toBeLessThan(1e-4);
  });

  it('has a value of four tokens by hand', () => {
    const [ours, theirs] = [
      [0.5, 0.3, 0.15, 0.05],
      [0.4, 0.4, 0.1, 0.1],
    ].map((shares) => shares.map(Math.log));
    expect(klFrom(expectationOf(pairsOf(ours ?? [])), pairsOf(theirs ?? []))).toBeCloseTo(0.0514295611, 4);
  });

  it('counts what cannot come as none, and is finite where the other rules out what may come', () => {
    const [sure, open] = [
      [0, -Infinity],
      [0, 0],
    ].map((values) => pairsOf(values));
    expect(klFrom(expectationOf(sure ?? []), open ?? [])).toBeCloseTo(Math.LN2, 9);
    expect(klFrom(expectationOf(open ?? []), sure ?? [])).toBeGreaterThan(1_000);
  });

  it('is refused where there are no numbers', () => {
    expect(() => expectationOf([])).toThrow(/no logits/);
    expect(() => expectationOf([0, Number.NaN])).toThrow(/no logits/);
  });
});
