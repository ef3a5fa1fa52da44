import type { Divergence, DivergenceSpan, OfBoth, Score, ScoredToken } from '@tandem/shared/contracts';
import { bitsPerByte } from '../scores/summarise';
import { meanOf, sumOf } from '../statistics/sum';
import { alignByBytes } from './align';
import { deltaP } from './delta-p';
import { summariseKl } from './summarise-kl';
import type { TokenDifference } from './token-difference';
import { whyNotComparable } from './why-not-comparable';

/**
 * Puts together how far two scores of one text are apart. `differences`: one for each token where the two can be compared
 * (`whyNotComparable`), null where the models' expectations are not known; not read otherwise. Throws a RangeError when the
 * scores are not of one text, or there are more or fewer differences than tokens.
 */
export function measureDivergence(scores: OfBoth<Score>, differences: readonly (TokenDifference | null)[]): Divergence {
  const { baseline, derivative } = scores;
  const whyNot = whyNotComparable(baseline, derivative);
  const compared = whyNot === null ? comparedTokens(scores, differences) : [];
  const known = compared.filter((difference) => difference !== null);
  const tops = known.flatMap(({ sameTop }) => (sameTop === null ? [] : [Number(sameTop)]));
  const spans = spansOf(scores, compared);
  return {
    scores,
    kl: summariseKl(known.map(({ kl }) => kl)),
    same_top: tops.length === 0 ? null : meanOf(tops),
    rms_delta_p: whyNot === null ? (deltaP(logprobsOf(baseline.tokens), logprobsOf(derivative.tokens))?.rms ?? null) : null,
    bits_per_byte: bitsPerByteOf(spans),
    spans,
    comparable: whyNot === null,
    why_not: whyNot,
    first_divergence: firstDivergence(baseline, compared),
  };
}

/** A token that one side has nothing before is not compared. */
export function comparedTokens({ baseline, derivative }: OfBoth<Score>, differences: readonly (TokenDifference | null)[]): readonly (TokenDifference | null)[] {
  if (differences.length !== baseline.tokens.length) {
    throw new RangeError(`${differences.length} differences are given for ${baseline.tokens.length} tokens: there must be one for each.`);
  }
  return differences.map((difference, index) => {
    const isScored = [baseline, derivative].every(({ tokens }) => tokens[index]?.logprob !== null);
    return isScored ? difference : null;
  });
}

export function logprobsOf(tokens: readonly ScoredToken[]): readonly (number | null)[] {
  return tokens.map(({ logprob }) => logprob);
}

/** Where tokens are compared, a span is one token. */
export function spansOf({ baseline, derivative }: OfBoth<Score>, compared: readonly (TokenDifference | null)[]): readonly DivergenceSpan[] {
  const aligned = alignByBytes(
    baseline.tokens.map(({ bytes }) => bytes),
    derivative.tokens.map(({ bytes }) => bytes),
  );
  return aligned.map((span, index) => ({
    bytes: span.bytes,
    baseline: logLikelihoodOf(baseline.tokens.slice(...span.baseline)),
    derivative: logLikelihoodOf(derivative.tokens.slice(...span.derivative)),
    kl: compared[index]?.kl.nats ?? null,
    same_top: compared[index]?.sameTop ?? null,
  }));
}

function logLikelihoodOf(tokens: readonly ScoredToken[]): number | null {
  const logprobs = tokens.flatMap(({ logprob }) => logprob ?? []);
  return logprobs.length < tokens.length ? null : sumOf(logprobs);
}

export function bitsPerByteOf(spans: readonly DivergenceSpan[]): OfBoth<number | null> {
  const counted = spans.flatMap(({ bytes: [from, to], baseline, derivative }) =>
    baseline === null || derivative === null ? [] : [{ bytes: to - from, baseline, derivative }],
  );
  const bytes = counted.reduce((total, span) => total + span.bytes, 0);
  const of = (side: 'baseline' | 'derivative'): number | null => bitsPerByte(sumOf(counted.map((span) => span[side])), bytes);
  return { baseline: of('baseline'), derivative: of('derivative') };
}

function firstDivergence({ tokens }: Score, compared: readonly (TokenDifference | null)[]): Divergence['first_divergence'] {
  const token = compared.findIndex((difference) => difference?.sameTop === false);
  const at = tokens[token];
  return at ? { token, byte: at.bytes[0] } : null;
}
