import { standardErrorOf } from '../statistics/standard-error';
import { scoreOf } from '../testing/score-of';
import { measureDivergence } from './measure-divergence';
import { measureSeriesPoint } from './measure-series-point';
import type { TokenDifference } from './token-difference';

const exact = (nats: number, sameTop: boolean | null = true): TokenDifference => ({ kl: { nats, kind: 'exact', coveredMass: 1 }, sameTop });
const text = (...logprobs: (number | null)[]) => scoreOf(logprobs.map((logprob) => ['ab', logprob]));
const pair = (baseline: (number | null)[], derivative: (number | null)[]) => ({ baseline: text(...baseline), derivative: text(...derivative) });

const SHORT = { scores: pair([null, Math.log(0.3)], [null, Math.log(0.25)]), differences: [null, exact(0.1)] };
const LONG = {
  scores: pair([null, Math.log(0.4), Math.log(0.2), Math.log(0.55)], [null, Math.log(0.5), Math.log(0.125), Math.log(0.5)]),
  differences: [null, exact(0.2), exact(0.3, false), exact(0.4)],
};

describe('measureSeriesPoint', () => {
  it('of one text has its figures', () => {
    const { kl, same_top, rms_delta_p, bits_per_byte } = measureDivergence(LONG.scores, LONG.differences);
    expect(measureSeriesPoint([LONG])).toEqual({ kl, same_top, rms_delta_p, bits_per_byte, kl_standard_error: null, comparable: true, why_not: null });
  });

  it('counts every token alike, whichever text it is of', () => {
    const point = measureSeriesPoint([SHORT, LONG]);
    expect(point.kl).toMatchObject({ mean: 0.25, max: 0.4, kind: 'exact', covered_mass: 1 });
    expect(point.kl_standard_error).toBeCloseTo(standardErrorOf([[0.1], [0.2, 0.3, 0.4]]) ?? NaN, 12);
    expect(point.same_top).toBe(0.75);
    expect(point.rms_delta_p).toBeCloseTo(0.07180703, 8);
    expect(point.bits_per_byte.baseline).toBeCloseTo(-Math.log2(0.3 * 0.4 * 0.2 * 0.55) / 8, 12);
  });

  it('is of the texts that can be compared, and says of the rest why not', () => {
    const other = { scores: { baseline: text(-1), derivative: scoreOf([['ab', -2]], { vocabulary: 'b' }) }, differences: [] };
    const point = measureSeriesPoint([LONG, other]);
    expect(point).toMatchObject({ kl: { mean: 0.3 }, comparable: false, why_not: expect.stringMatching(/different vocabularies/) as string });
    expect(point.bits_per_byte.derivative).toBeCloseTo((-Math.log2(0.5 * 0.125 * 0.5) + 2 / Math.LN2) / 8, 12);
    expect(measureSeriesPoint([other])).toMatchObject({ kl: null, same_top: null, rms_delta_p: null, kl_standard_error: null });
  });

  it('calls all of it a lower bound where one token is', () => {
    const bound: TokenDifference = { kl: { nats: 0.1, kind: 'lower_bound', coveredMass: 0.5 }, sameTop: true };
    expect(measureSeriesPoint([LONG, { ...SHORT, differences: [null, bound] }]).kl?.kind).toBe('lower_bound');
  });
});
