import { clusteredMean, clusteredShare, flipsOf, holm, type JudgedPair, weighVotes } from '@tandem/shared/measures';
import type { JudgeVotes, PairMeasures, RunEstimate, RunSummary, RunVerdict, SideMeasures } from '@tandem/shared/contracts';
import { histogramOf } from './histogram';
import type { ItemFigures, PairFigures, SideFigures } from './item-figures';

/** The figures of all items that were asked; the repeats of one prompt belong together. */
export type FiguresByPrompt = ReadonlyMap<number, readonly ItemFigures[]>;

/** What a run found, over the items that were asked so far. The first model is the baseline. */
export function summaryOf(models: readonly string[], byPrompt: FiguresByPrompt): RunSummary {
  const prompts = [...byPrompt.values()];
  const others = models.slice(1);
  const flips = others.map((_, at) => flipsOf(judgedPairs(prompts, at + 1)));
  const corrected = holm(flips.map(({ mcnemar }) => mcnemar.p));
  const pairs = others.map((model, at): PairMeasures => {
    const { n, count, share, mcnemar } = flips[at] ?? flipsOf([]);
    return { model, ...pairMeasures(prompts, at), flips: { count, share, n }, mcnemar, holm: corrected[at] ?? 1, votes: votesOf(prompts, at) };
  });
  const [first] = pairs;
  return {
    measures: models.map((model, at) => ({ model, ...sideMeasures(prompts, at) })),
    pairs,
    flips: first?.flips ?? { count: 0, share: null, n: 0 },
    mcnemar: first?.mcnemar ?? { b: 0, c: 0, p: 1 },
    votes: first?.votes ?? null,
    holm: pairs.map(({ model, holm: p }) => ({ model, p })),
  };
}

type Prompts = readonly (readonly ItemFigures[])[];

function sideMeasures(prompts: Prompts, at: number): Omit<SideMeasures, 'model'> {
  const mean = (value: (side: SideFigures) => number | null): RunEstimate | null => clusteredMean(clusters(prompts, ({ sides }) => from(sides[at], value)));
  return {
    pass_rate: clusteredShare(clusters(prompts, ({ sides }) => from(sides[at], ({ passed }) => passed))),
    latency_ms: mean(({ total_ms }) => total_ms),
    ttft_ms: mean(({ ttft_ms }) => ttft_ms),
    tokens_per_second: mean(({ tokens_per_second }) => tokens_per_second),
    characters: mean(({ characters }) => characters),
  };
}

function pairMeasures(prompts: Prompts, at: number): Pick<PairMeasures, 'same_answer' | 'length_ratio' | 'divergence' | 'divergence_histogram'> {
  const mean = (value: (pair: PairFigures) => number | null): RunEstimate | null => clusteredMean(clusters(prompts, ({ pairs }) => from(pairs[at], value)));
  return {
    same_answer: clusteredShare(clusters(prompts, ({ pairs }) => from(pairs[at], ({ isSame }) => isSame))),
    length_ratio: mean(({ lengthRatio }) => lengthRatio),
    divergence: mean(({ divergence }) => divergence),
    divergence_histogram: histogramOf(prompts.flat().flatMap(({ pairs }) => pairs[at]?.divergence ?? [])),
  };
}

/** Items of which both sides were judged. */
function judgedPairs(prompts: Prompts, at: number): readonly JudgedPair[] {
  return prompts.flat().flatMap(({ sides }): JudgedPair[] => {
    const [baseline, derivative] = [sides[0]?.passed, sides[at]?.passed];
    return typeof baseline === 'boolean' && typeof derivative === 'boolean' ? [{ baseline, derivative }] : [];
  });
}

function votesOf(prompts: Prompts, at: number): JudgeVotes | null {
  const winners = prompts.flat().flatMap(({ pairs }) => pairs[at]?.winner ?? []);
  if (winners.length === 0) return null;
  const of = (wanted: RunVerdict['winner']): number => winners.filter((winner) => winner === wanted).length;
  const counts = { baseline: of('baseline'), derivative: of('derivative'), tie: of('tie') };
  return { counts, ...weighVotes(counts) };
}

function clusters<Value>(prompts: Prompts, value: (item: ItemFigures) => Value | null): Value[][] {
  return prompts.map((items) => items.map(value).filter((found) => found !== null));
}

function from<Part, Value>(part: Part | null | undefined, value: (part: Part) => Value | null): Value | null {
  return part === null || part === undefined ? null : value(part);
}
