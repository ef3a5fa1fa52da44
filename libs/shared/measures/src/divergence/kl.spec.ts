import { randomLogits, randomNumbers } from '../testing/random';
import { jensenShannon, totalVariation } from './distance';
import { type Distribution, partOf, type TokenLogprobPair } from './distribution';
import { exactKl, klAt } from './kl';

const BASELINE = [0.5, 0.3, 0.15, 0.05].map(Math.log);
const DERIVATIVE = [0.4, 0.4, 0.1, 0.1].map(Math.log);

/** The tokens of these ids alone. */
function told(logprobs: readonly number[], ids: readonly number[]): Distribution {
  return partOf(ids.map((id) => [id, logprobs[id] ?? Number.NaN]));
}

describe('the distances between two distributions', () => {
  it('have the reference values over a whole vocabulary', () => {
    expect(exactKl(BASELINE, DERIVATIVE)).toBeCloseTo(0.0514295611, 10);
    expect(exactKl(BASELINE, DERIVATIVE) / Math.LN2).toBeCloseTo(0.0741971728, 10);
    expect(exactKl(DERIVATIVE, BASELINE)).toBeCloseTo(0.0545836157, 10);
    expect(jensenShannon(BASELINE, DERIVATIVE)).toBeCloseTo(0.0131316134, 10);
    expect(totalVariation(BASELINE, DERIVATIVE)).toBeCloseTo(0.15, 12);
  });

  it('take logits for log-probabilities', () => {
    const shifted = BASELINE.map((logprob) => logprob + 700);
    expect(exactKl(shifted, DERIVATIVE)).toBeCloseTo(0.0514295611, 10);
  });

  it('cost nothing for what the baseline never says, and everything for what the derivative never says', () => {
    const certain = [0, Number.NEGATIVE_INFINITY];
    expect(exactKl(certain, [0, 0])).toBeCloseTo(Math.LN2, 12);
    expect(exactKl([0, 0], certain)).toBe(Number.POSITIVE_INFINITY);
    expect(jensenShannon(certain, [Number.NEGATIVE_INFINITY, 0])).toBeCloseTo(Math.LN2, 12);
  });

  it('refuse vocabularies of two sizes', () => {
    expect(() => exactKl([0, 0], [0])).toThrow('Vocabularies of 2 and 1 tokens');
  });
});

describe('klAt', () => {
  it('is exact over two whole vocabularies', () => {
    const kl = klAt({ kind: 'whole', logits: BASELINE }, { kind: 'whole', logits: DERIVATIVE });
    expect(kl).toMatchObject({ kind: 'exact', coveredMass: 1 });
    expect(kl.nats).toBeCloseTo(0.0514295611, 10);
  });

  it('takes the rest as one token, and never scales up what is known', () => {
    const kl = klAt(told(BASELINE, [0, 1]), told(DERIVATIVE, [0, 1]));
    expect(kl.kind).toBe('lower_bound');
    expect(kl.coveredMass).toBeCloseTo(0.8, 12);
    expect(kl.nats).toBeCloseTo(0.0252671539, 10);
    const scaledUp = 0.625 * Math.log(0.625 / 0.5) + 0.375 * Math.log(0.375 / 0.5);
    expect(scaledUp).toBeCloseTo(0.0315839424, 10);
    expect(kl.nats).not.toBeCloseTo(scaledUp, 3);
  });

  it.each([
    ['the baseline', told(BASELINE, [0, 1]), { kind: 'whole', logits: DERIVATIVE }],
    ['the derivative', { kind: 'whole', logits: BASELINE }, told(DERIVATIVE, [0, 1])],
  ] as const)('is the same bound where only %s is told in part', (_, baseline, derivative) => {
    expect(klAt(baseline, derivative).nats).toBeCloseTo(0.0252671539, 10);
  });

  it('rests on what both sides tell', () => {
    const kl = klAt(told(BASELINE, [0, 1, 2]), told(DERIVATIVE, [3, 1, 0]));
    expect(kl.nats).toBeCloseTo(0.0252671539, 10);
    expect(kl.coveredMass).toBeCloseTo(0.8, 12);
    expect(klAt(told(BASELINE, [0]), told(DERIVATIVE, [1]))).toEqual({ nats: 0, kind: 'lower_bound', coveredMass: 0 });
  });

  it('knows tokens by their texts where there are no ids', () => {
    const [ours, theirs] = [BASELINE, DERIVATIVE].map((logprobs) => partOf([' the', ' a'].map((text, at): TokenLogprobPair => [text, logprobs[at] ?? 0])));
    expect(klAt(ours!, theirs!).nats).toBeCloseTo(0.0252671539, 10);
  });

  it('stays below the truth where a rounded sum leaves the derivative no rest', () => {
    const kl = klAt(partOf([[0, Math.log(0.999)]]), partOf([[0, 0.0001]]));
    expect(kl.nats).toBeGreaterThan(0);
    expect(kl.nats).toBeLessThan(0.001 * Math.log(0.001 / 1e-6) + 1e-9);
  });

  it('refuses what is no number', () => {
    expect(() => klAt({ kind: 'whole', logits: [0, Number.NaN] }, { kind: 'whole', logits: [0, 0] })).toThrow('no number');
  });

  describe('over random distributions', () => {
    const random = randomNumbers(7);
    const pairs = Array.from({ length: 60 }, (_, round) => {
      const size = 2 + Math.floor(random() * 3_000);
      return [randomLogits(random, size, 0.2 + (round % 6)), randomLogits(random, size, 0.2 + (round % 5))] as const;
    });

    it('is nothing of a model against itself', () => {
      for (const [logits] of pairs) {
        const whole = { kind: 'whole', logits } as const;
        expect(klAt(whole, whole).nats).toBeLessThanOrEqual(1e-12);
        // a model that is told in part is known in the same part on both sides
        expect(klAt(topOf(logits, 20), topOf(logits, 20)).nats).toBeLessThanOrEqual(1e-12);
      }
    });

    it('has bounds that rise with what is known, and never above the truth', () => {
      for (const [ours, theirs] of pairs) {
        const truth = exactKl(ours, theirs);
        const theirWhole = { kind: 'whole', logits: theirs } as const;
        let before = 0;
        for (const k of [1, 2, 8, 32, 128, ours.length]) {
          const { nats, coveredMass } = klAt(topOf(ours, k), theirWhole);
          expect(nats).toBeGreaterThanOrEqual(before - 1e-9);
          expect(nats).toBeLessThanOrEqual(truth + 1e-9);
          expect(coveredMass).toBeLessThanOrEqual(1);
          before = nats;
        }
        expect(before).toBeCloseTo(truth, 5);
        expect(klAt(topOf(ours, 32), topOf(theirs, 32)).nats).toBeLessThanOrEqual(truth + 1e-9);
      }
    });

    it('agrees with a sum in plain probabilities', () => {
      for (const [ours, theirs] of pairs) {
        const [p, q] = [softmax(ours), softmax(theirs)];
        const plain = p.reduce((sum, share, token) => sum + share * Math.log(share / (q[token] ?? 0)), 0);
        expect(Math.abs(exactKl(ours, theirs) - plain)).toBeLessThan(1e-9 * (1 + plain));
      }
    });
  });
});

function softmax(logits: Float32Array): readonly number[] {
  const weights = Array.from(logits, Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function topOf(logits: Float32Array, k: number): Distribution {
  const pairs = softmax(logits).map((p, token): TokenLogprobPair => [token, Math.log(p)]);
  return partOf(pairs.sort(([, a], [, b]) => b - a).slice(0, k));
}
