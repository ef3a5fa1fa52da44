import type { VoteSummary } from '@tandem/shared/contracts';
import { anytimeInterval, DECIDING_EVIDENCE, evidenceOf, votesNeeded, winRateOf } from '@tandem/shared/measures';

/** What votes come to. It may be looked at after each of them. */
export function summaryOf(counts: VoteSummary['counts']): VoteSummary {
  const { baseline, derivative, tie, both_bad } = counts;
  const { decisive, share } = winRateOf({ baseline, derivative, ties: tie + both_bad });
  const evidence = evidenceOf(derivative, decisive);
  const leader = derivative > baseline ? 'derivative' : 'baseline';
  const { low, high } = anytimeInterval(derivative, decisive);
  const decided = evidence >= DECIDING_EVIDENCE ? leader : null;
  return { counts, decisive, win_rate: share, interval: { low, high }, evidence, decided, needed_more: decided === null ? neededMore(share, decisive) : 0 };
}

function neededMore(share: number | null, decisive: number): number | null {
  const needed = share === null ? null : votesNeeded(share);
  return needed === null ? null : Math.max(0, needed - decisive);
}
