import { logSumExp } from '../scores/log-sum-exp';
import { Sum } from '../statistics/sum';
import { type Distribution, logprobsOf, type PartialDistribution } from './distribution';

/** KL(baseline‖derivative) at one token. */
export interface TokenKl {
  /** From 0; infinite where the derivative rules out what the baseline can say. */
  readonly nats: number;
  readonly kind: 'exact' | 'lower_bound';
  /** How much of the baseline's probability it rests on; 0 to 1. */
  readonly coveredMass: number;
}

/** What is left beside some probabilities is known no better than this: models compute in 32 bits, and servers round. */
const REST_PRECISION = 1e-6;

/**
 * Exact where both distributions are whole, else a lower bound. Both must be over the same vocabulary. Throws a RangeError over a
 * value that is no number.
 */
export function klAt(baseline: Distribution, derivative: Distribution): TokenKl {
  const kl = knownKl(baseline, derivative);
  if (Number.isNaN(kl.nats)) throw new RangeError('A distribution holds a log-probability that is no number.');
  return kl;
}

function knownKl(baseline: Distribution, derivative: Distribution): TokenKl {
  if (baseline.kind === 'part') return lowerBound(baseline, baseline, derivative);
  if (derivative.kind === 'part') return lowerBound(derivative, baseline, derivative);
  return { nats: exactKl(baseline.logits, derivative.logits), kind: 'exact', coveredMass: 1 };
}

/** Σ p ln(p / q) over a whole vocabulary, by logits or log-probabilities. */
export function exactKl(baseline: ArrayLike<number>, derivative: ArrayLike<number>): number {
  const sum = new Sum();
  forEachPair(baseline, derivative, (p, q) => sum.add(gain(p, q)));
  return Math.max(0, sum.value);
}

/**
 * The tokens that both sides tell, and all the rest as if it were one token: Σ p ln(p / q) + r ln(r / s). By the log-sum inequality
 * that is at most the true value, whichever tokens those are; what is known is never scaled up to be the whole.
 */
function lowerBound({ logprobs }: PartialDistribution, baseline: Distribution, derivative: Distribution): TokenKl {
  const [ofBaseline, ofDerivative] = [logprobsOf(baseline), logprobsOf(derivative)];
  const [sum, baselineMass, derivativeMass] = [new Sum(), new Sum(), new Sum()];
  for (const token of logprobs.keys()) {
    const [p, q] = [ofBaseline(token), ofDerivative(token)];
    if (p === undefined || q === undefined) continue;
    sum.add(gain(p, q));
    baselineMass.add(Math.exp(p));
    derivativeMass.add(Math.exp(q));
  }
  const rest = Math.max(0, 1 - baselineMass.value);
  // a rest that is said too large makes the bound lower, never wrong
  const derivativeRest = Math.max(REST_PRECISION, 1 - derivativeMass.value);
  if (rest > 0) sum.add(rest * Math.log(rest / derivativeRest));
  return { nats: Math.max(0, sum.value), kind: 'lower_bound', coveredMass: Math.min(1, baselineMass.value) };
}

/** p ln(p / q) of two log-probabilities; what cannot be costs nothing. */
function gain(p: number, q: number): number {
  return p === Number.NEGATIVE_INFINITY ? 0 : Math.exp(p) * (p - q);
}

/** Each token's two log-probabilities. */
export function forEachPair(baseline: ArrayLike<number>, derivative: ArrayLike<number>, take: (p: number, q: number) => void): void {
  if (baseline.length !== derivative.length) {
    throw new RangeError(`Vocabularies of ${baseline.length} and ${derivative.length} tokens cannot be compared: both must be the same.`);
  }
  const [baselineTotal, derivativeTotal] = [logSumExp(baseline), logSumExp(derivative)];
  for (let token = 0; token < baseline.length; token++) {
    take((baseline[token] ?? Number.NaN) - baselineTotal, (derivative[token] ?? Number.NaN) - derivativeTotal);
  }
}
