import type { OfBoth, PlacedModel, Score, SeriesPoint } from '@tandem/shared/contracts';
import { standardErrorOf } from '../statistics/standard-error';
import { meanOf } from '../statistics/sum';
import { deltaP } from './delta-p';
import { bitsPerByteOf, comparedTokens, logprobsOf, spansOf } from './measure-divergence';
import { summariseKl } from './summarise-kl';
import type { TokenDifference } from './token-difference';
import { whyNotComparable } from './why-not-comparable';

/** A text that both models scored, with what `measureDivergence` takes beside the scores. */
export interface ComparedText {
  readonly scores: OfBoth<Score>;
  readonly differences: readonly (TokenDifference | null)[];
}

/** Puts together how far two models are apart over several texts: every token counts alike, whichever text it is of. Throws a RangeError as `measureDivergence` does. */
export function measureSeriesPoint(texts: readonly ComparedText[]): Omit<SeriesPoint, keyof PlacedModel> {
  const whyNots = texts.map(({ scores: { baseline, derivative } }) => whyNotComparable(baseline, derivative));
  const whyNot = whyNots.find((reason) => reason !== null) ?? null;
  const compared = texts.map(({ scores, differences }, index) => (whyNots[index] === null ? comparedTokens(scores, differences) : []));
  const known = compared.map((tokens) => tokens.filter((difference) => difference !== null));
  const tops = known.flat().flatMap(({ sameTop }) => (sameTop === null ? [] : [Number(sameTop)]));
  const side = (of: 'baseline' | 'derivative') => texts.flatMap(({ scores }, index) => (whyNots[index] === null ? logprobsOf(scores[of].tokens) : []));
  return {
    kl: summariseKl(known.flat().map(({ kl }) => kl)),
    kl_standard_error: standardErrorOf(known.map((tokens) => tokens.map(({ kl }) => kl.nats))),
    same_top: tops.length === 0 ? null : meanOf(tops),
    rms_delta_p: deltaP(side('baseline'), side('derivative'))?.rms ?? null,
    bits_per_byte: bitsPerByteOf(texts.flatMap(({ scores }, index) => spansOf(scores, compared[index] ?? []))),
    comparable: whyNot === null,
    why_not: whyNot,
  };
}
