import type { JudgeVotes, PairMeasures, RunEstimate, RunSummary } from '@tandem/shared/contracts';

export const estimate = (value: number, n = 20): RunEstimate => ({ value, interval: { low: value * 0.8, high: value * 1.2 }, n });

export const votes: JudgeVotes = {
  ...{ counts: { baseline: 4, derivative: 12, tie: 4 }, decisive: 16, win_rate: 0.75 },
  ...{ interval: { low: 0.45, high: 0.95 }, evidence: 2, decided: null },
};

export function pairOf(changes: Partial<PairMeasures> = {}): PairMeasures {
  return {
    ...{ model: 'b', same_answer: estimate(0.25), length_ratio: estimate(1.5), divergence: null, divergence_histogram: null },
    ...{ flips: { count: 5, share: 0.25, n: 20 }, mcnemar: { b: 4, c: 1, p: 0.375 }, holm: 0.375, votes: null },
    ...changes,
  };
}

/** Of a pair, or of as many as are given. */
export function summaryOf(...pairs: PairMeasures[]): RunSummary {
  const all = pairs.length > 0 ? pairs : [pairOf()];
  const side = (model: string, share: number) => ({
    ...{ model, pass_rate: estimate(share), latency_ms: estimate(1_500), ttft_ms: estimate(40), tokens_per_second: null, characters: estimate(320) },
  });
  const [{ flips, mcnemar, votes: judged } = pairOf()] = all;
  return {
    measures: [side('a', 0.5), ...all.map(({ model }) => side(model, 0.65))],
    ...{ pairs: all, flips, mcnemar, votes: judged, holm: all.map(({ model, holm }) => ({ model, p: holm })) },
  };
}
