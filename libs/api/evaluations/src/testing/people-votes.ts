import type { VoteSummary } from '@tandem/shared/contracts';
import { PairVotes } from '../runs/pair-votes';

export const NO_VOTES: VoteSummary = {
  counts: { baseline: 0, derivative: 0, tie: 0, both_bad: 0 },
  decisive: 0,
  win_rate: null,
  interval: { low: 0, high: 1 },
  evidence: 1,
  decided: null,
  needed_more: null,
};

/** What people voted, by pair: `a>b`; nothing on any other. */
export function pairVotes(known: Readonly<Record<string, VoteSummary>> = {}): PairVotes {
  return { on: async (baseline, derivative) => known[`${baseline}>${derivative}`] ?? NO_VOTES };
}
