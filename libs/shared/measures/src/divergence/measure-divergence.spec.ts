import { scoreOf } from '../testing/score-of';
import { partOf } from './distribution';
import { measureDivergence } from './measure-divergence';
import { type TokenDifference, tokenDifference } from './token-difference';
import { whyNotComparable } from './why-not-comparable';

const exact = (nats: number, sameTop: boolean | null = true): TokenDifference => ({ kl: { nats, kind: 'exact', coveredMass: 1 }, sameTop });

const BASELINE = scoreOf([
  ['The', null],
  [' cat', Math.log(0.25)],
  [' sat', Math.log(0.5)],
]);
const DERIVATIVE = scoreOf([
  ['The', null],
  [' cat', Math.log(0.5)],
  [' sat', Math.log(0.25)],
]);

describe('measureDivergence', () => {
  it('puts together what is known of each token', () => {
    const scores = { baseline: BASELINE, derivative: DERIVATIVE };
    const divergence = measureDivergence(scores, [null, exact(0.1), exact(0.3, false)]);
    expect(divergence).toEqual({
      scores,
      kl: { mean: 0.2, median: 0.2, p99: expect.closeTo(0.298, 12), max: 0.3, kind: 'exact', covered_mass: 1 },
      same_top: 0.5,
      rms_delta_p: expect.closeTo(0.25, 12),
      bits_per_byte: { baseline: expect.closeTo(3 / 8, 12), derivative: expect.closeTo(3 / 8, 12) },
      spans: [
        { bytes: [0, 3], baseline: null, derivative: null, kl: null, same_top: null },
        { bytes: [3, 7], baseline: Math.log(0.25), derivative: Math.log(0.5), kl: 0.1, same_top: true },
        { bytes: [7, 11], baseline: Math.log(0.5), derivative: Math.log(0.25), kl: 0.3, same_top: false },
      ],
      comparable: true,
      why_not: null,
      first_divergence: { token: 2, byte: 7 },
    });
    expect(JSON.parse(JSON.stringify(divergence))).toEqual(divergence);
  });

  it('finds nothing between a model and itself', () => {
    const difference = tokenDifference(partOf([[1, -0.3]]), partOf([[1, -0.3]]));
    const divergence = measureDivergence({ baseline: BASELINE, derivative: BASELINE }, [null, difference, difference]);
    expect(divergence).toMatchObject({ kl: { mean: 0, max: 0, kind: 'lower_bound' }, same_top: 1, rms_delta_p: 0, first_divergence: null });
  });

  it('calls all of it a lower bound where one token is, with the mean of what is covered', () => {
    const bound = { kl: { nats: 0.1, kind: 'lower_bound', coveredMass: 0.5 }, sameTop: true } as const;
    expect(measureDivergence({ baseline: BASELINE, derivative: DERIVATIVE }, [null, exact(0.1), bound]).kl).toMatchObject({
      kind: 'lower_bound',
      covered_mass: 0.75,
    });
  });

  it('does not compare a token that one side has nothing before', () => {
    const withBos = scoreOf([
      ['The', -1],
      [' cat', -1],
      [' sat', -1],
    ]);
    const divergence = measureDivergence({ baseline: withBos, derivative: DERIVATIVE }, [exact(9, false), exact(0.1), exact(0.3)]);
    expect(divergence).toMatchObject({ kl: { max: 0.3 }, same_top: 1, first_divergence: null });
    expect(divergence.bits_per_byte.baseline).toBeCloseTo(2 / Math.LN2 / 8, 12);
  });

  it('knows no share of equal choices where neither side tells its likeliest token', () => {
    const divergence = measureDivergence({ baseline: BASELINE, derivative: DERIVATIVE }, [null, exact(0.1, null), exact(0.2, null)]);
    expect(divergence).toMatchObject({ same_top: null, kl: { mean: expect.closeTo(0.15, 12) }, first_divergence: null });
  });

  it('compares spans and bits per byte of two vocabularies, and nothing else', () => {
    const other = scoreOf(
      [
        ['Th', -1],
        ['e c', -1],
        ['at', -2],
        [' sat', -0.5],
      ],
      { vocabulary: 'b' },
    );
    const divergence = measureDivergence({ baseline: BASELINE, derivative: other }, []);
    expect(divergence).toMatchObject({ kl: null, same_top: null, rms_delta_p: null, comparable: false, first_divergence: null });
    expect(divergence.why_not).toContain('different vocabularies');
    expect(divergence.spans).toEqual([
      { bytes: [0, 7], baseline: null, derivative: -4, kl: null, same_top: null },
      { bytes: [7, 11], baseline: Math.log(0.5), derivative: -0.5, kl: null, same_top: null },
    ]);
    expect(divergence.bits_per_byte).toEqual({ baseline: 1 / 4, derivative: 0.5 / Math.LN2 / 4 });
  });

  it('refuses differences that are not one for each token', () => {
    expect(() => measureDivergence({ baseline: BASELINE, derivative: DERIVATIVE }, [])).toThrow('0 differences are given for 3 tokens');
  });

  it('refuses scores of two texts', () => {
    const other = scoreOf([['Them', -1]], { vocabulary: 'b' });
    expect(() => measureDivergence({ baseline: BASELINE, derivative: other }, [])).toThrow('cover 11 bytes');
  });
});

describe('whyNotComparable', () => {
  it('has nothing against two models with one vocabulary', () => {
    expect(whyNotComparable(BASELINE, DERIVATIVE)).toBeNull();
  });

  it.each([
    ['a list of tokens that is not known, naming whose', scoreOf([['The', -1]], { vocabulary: null, model: 'far' }), 'of far is not known'],
    [
      'other tokens',
      scoreOf([
        ['The cat', -1],
        [' sat', -1],
      ]),
      'different tokens',
    ],
  ])('says it of %s', (_, other, words) => {
    expect(whyNotComparable(BASELINE, other)).toContain(words);
  });

  it('says it where no token has something before it', () => {
    const single = scoreOf([['The', null]]);
    expect(whyNotComparable(single, single)).toContain('Score a longer text');
  });
});
