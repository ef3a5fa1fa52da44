import { Sum } from '../statistics/sum';
import { forEachPair } from './kl';

/** Half the sum of all differences of probability, over a whole vocabulary; 0 to 1. By logits or log-probabilities. */
export function totalVariation(baseline: ArrayLike<number>, derivative: ArrayLike<number>): number {
  const sum = new Sum();
  forEachPair(baseline, derivative, (p, q) => sum.add(Math.abs(Math.exp(p) - Math.exp(q))));
  return sum.value / 2;
}

/** The Jensen–Shannon divergence in nats, over a whole vocabulary; 0 to ln 2, the same both ways. By logits or log-probabilities. */
export function jensenShannon(baseline: ArrayLike<number>, derivative: ArrayLike<number>): number {
  const sum = new Sum();
  forEachPair(baseline, derivative, (p, q) => {
    const most = Math.max(p, q);
    // the logarithm of the two's mean probability
    const middle = most + Math.log1p(Math.exp(Math.min(p, q) - most)) - Math.LN2;
    for (const side of [p, q]) if (side > Number.NEGATIVE_INFINITY) sum.add((Math.exp(side) * (side - middle)) / 2);
  });
  return Math.max(0, sum.value);
}
