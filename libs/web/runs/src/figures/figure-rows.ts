import type { PairMeasures, RunSummary, SideMeasures } from '@tandem/shared/contracts';
import { sayMilliseconds } from '@tandem/web/run';
import { type Figure, NOTHING, sayEstimate, sayFlips, sayMcnemar, sayNats, sayP, sayPlain, sayRatio, sayShare, sayWinRate } from './say-figures';

export interface FigureRow {
  readonly name: string;
  /** What it is, where its name alone does not say. */
  readonly hint: string;
  /** One for each model, the baseline first. */
  readonly cells: readonly Figure[];
}

interface Kind<Measures> {
  readonly name: string;
  readonly hint: string;
  readonly say: (measures: Measures) => Figure;
}

const OF_SIDES: readonly Kind<SideMeasures>[] = [
  { name: 'Passed checks', hint: '', say: ({ pass_rate }) => sayEstimate(pass_rate, sayShare) },
  { name: 'Whole answer', hint: 'from the request to its end', say: ({ latency_ms }) => sayEstimate(latency_ms, sayMilliseconds) },
  { name: 'First token', hint: '', say: ({ ttft_ms }) => sayEstimate(ttft_ms, sayMilliseconds) },
  { name: 'Tokens per second', hint: '', say: ({ tokens_per_second }) => sayEstimate(tokens_per_second, sayPlain) },
  { name: 'Characters', hint: 'of an answer', say: ({ characters }) => sayEstimate(characters, sayPlain) },
];

const OF_PAIRS: readonly Kind<PairMeasures>[] = [
  { name: 'Same answer', hint: 'as the baseline', say: ({ same_answer }) => sayEstimate(same_answer, sayShare) },
  { name: 'Length ratio', hint: 'over the baseline’s', say: ({ length_ratio }) => sayEstimate(length_ratio, sayRatio) },
  { name: 'Divergence', hint: 'KL per token, nats', say: ({ divergence }) => sayEstimate(divergence, sayNats, true) },
  { name: 'Flips', hint: 'right on one side alone', say: ({ flips }) => sayFlips(flips) },
  { name: 'McNemar', hint: 'right only: baseline to it', say: ({ mcnemar, flips }) => sayMcnemar(mcnemar, flips.n) },
];

const HOLM: Kind<PairMeasures> = {
  name: 'Holm',
  hint: 'p among all variants',
  say: ({ holm, flips }) => (flips.n === 0 ? NOTHING : { value: `p ${sayP(holm)}`, note: '' }),
};
const VOTES: Kind<PairMeasures> = { name: 'Win rate', hint: 'by the judge, both orders', say: ({ votes }) => sayWinRate(votes) };

/** All figures of a run, a measure a row; what nobody knows anything of is left out. */
export function figureRows({ measures, pairs }: RunSummary): readonly FigureRow[] {
  const ofPairs = [...OF_PAIRS, ...(pairs.length > 1 ? [HOLM] : []), VOTES];
  return [
    ...OF_SIDES.map(({ name, hint, say }) => ({ name, hint, cells: measures.map(say) })),
    ...ofPairs.map(({ name, hint, say }) => ({ name, hint, cells: [NOTHING, ...pairs.map(say)] })),
  ].filter(({ cells }) => cells.some(({ value }) => value !== NOTHING.value));
}
