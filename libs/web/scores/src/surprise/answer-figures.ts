import { type Divergence, type OfBoth, type PairSide } from '@tandem/shared/contracts';
import { otherSide } from './answer-to-score';
import { sayKl, sayShare, sayToken } from './say-amounts';

export interface AnswerFigure {
  readonly name: 'kl' | 'same top' | 'delta p' | 'divergence' | 'other' | 'own';
  readonly label: string;
  readonly words: string;
  /** What it is told from, and how to read it. */
  readonly title: string;
}

/** How far the two models are apart over one side's answer; what cannot be known is left out. */
export function figuresOfAnswer(side: PairSide, divergence: Divergence, names: OfBoth<string>): readonly AnswerFigure[] {
  const { kl, same_top, rms_delta_p } = divergence;
  const other = otherSide(side);
  return [
    kl && {
      name: 'kl' as const,
      label: 'KL',
      words: `${sayKl(kl.mean, kl.kind)} nats a token${kl.kind === 'lower_bound' ? `, ${sayShare(kl.covered_mass)} covered` : ''}`,
      title: `KL(baseline‖derivative): 0 where both expect the same. Median ${kl.median.toFixed(3)}, 99th percentile ${kl.p99.toFixed(3)}, maximum ${kl.max.toFixed(3)}.${
        kl.kind === 'lower_bound' ? ' A lower bound: the tokens that are known hold this much of what the baseline expects.' : ''
      }`,
    },
    same_top !== null && {
      name: 'same top' as const,
      label: 'Same top',
      words: sayShare(same_top),
      title: 'The share of tokens at which both find the same one likeliest',
    },
    rms_delta_p !== null && {
      name: 'delta p' as const,
      label: 'RMS Δp',
      words: sayShare(rms_delta_p),
      title: 'By how much the probability of the answer’s own tokens typically moved',
    },
    divergenceFigure(divergence),
    likelihoodOf('other', other, `Under ${names[other]}`, divergence),
    likelihoodOf('own', side, 'Under itself', divergence),
  ].filter((figure) => figure !== null && figure !== false && figure !== undefined);
}

function likelihoodOf(name: 'own' | 'other', side: PairSide, label: string, { bits_per_byte, scores }: Divergence): AnswerFigure | undefined {
  const [bits, { perplexity }] = [bits_per_byte[side], scores[side].summary];
  if (bits === null) return undefined;
  const words = `${bits.toFixed(2)} bits/byte${perplexity === null ? '' : ` · perplexity ${perplexity.toFixed(2)}`}`;
  return { name, label, words, title: 'How surprising the answer is on the whole: lower is likelier. Bits per byte can be compared between all models.' };
}

function divergenceFigure({ first_divergence: first, scores, same_top }: Divergence): AnswerFigure | undefined {
  if (same_top === null) return undefined;
  const token = first && scores.baseline.tokens[first.token];
  const words = token ? `token ${(first.token + 1).toLocaleString('en')}, ${sayToken(token.text)}` : 'nowhere';
  return {
    name: 'divergence',
    label: 'Would part at',
    words,
    title: 'The first token at which the two find different ones likeliest: at temperature 0 they would part here',
  };
}
