import { randomLogits, randomNumbers } from '../testing/random';
import { type Distribution, partOf } from './distribution';
import { tokenDifference } from './token-difference';

const sameTop = (baseline: Distribution, derivative: Distribution) => tokenDifference(baseline, derivative).sameTop;
const whole = (...logits: number[]): Distribution => ({ kind: 'whole', logits });

describe('tokenDifference', () => {
  it('says whether both find the same token likeliest', () => {
    expect(sameTop(whole(1, 2), whole(0, 5))).toBe(true);
    expect(sameTop(whole(1, 2), whole(2, 1))).toBe(false);
  });

  it('takes the lowest id of equals, however they are told', () => {
    const equals = partOf([
      [7, -1],
      [3, -1],
    ]);
    expect(sameTop(equals, partOf([[3, -0.5]]))).toBe(true);
    expect(sameTop(whole(2, 2), whole(3, 1))).toBe(true);
  });

  it('does not take a token that was asked for as the likeliest', () => {
    const asked = partOf([[1, -1]], [[2, -1.5]]);
    expect(sameTop(asked, partOf([[2, -0.1]]))).toBe(false);
    expect(sameTop(partOf([], [[2, -1.5]]), partOf([[2, -0.1]]))).toBeNull();
  });

  it('finds a model always of its own opinion', () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 50; round++) {
      const logits = randomLogits(random, 500, 3);
      const difference = tokenDifference({ kind: 'whole', logits }, { kind: 'whole', logits });
      expect(difference.sameTop).toBe(true);
      expect(difference.kl.nats).toBeLessThanOrEqual(1e-12);
    }
  });
});
