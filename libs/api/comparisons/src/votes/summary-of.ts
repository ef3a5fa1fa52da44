import type { VoteSummary } from '@tandem/shared/contracts';
import { votesNeeded, weighVotes } from '@tandem/shared/measures';

/** What votes come to. It may be looked at after each of them. */
export function summaryOf(counts: VoteSummary['counts']): VoteSummary {
  const weighed = weighVotes(counts);
  return { counts, ...weighed, needed_more: weighed.decided === null ? neededMore(weighed) : 0 };
}

function neededMore({ win_rate, decisive }: Pick<VoteSummary, 'win_rate' | 'decisive'>): number | null {
  const needed = win_rate === null ? null : votesNeeded(win_rate);
  return needed === null ? null : Math.max(0, needed - decisive);
}
