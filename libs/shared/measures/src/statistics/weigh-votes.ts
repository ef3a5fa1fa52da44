import type { VoteSummary } from '@tandem/shared/contracts';
import { anytimeInterval, DECIDING_EVIDENCE, evidenceOf } from './evidence';
import { winRateOf } from './win-rate';

type Weighed = Pick<VoteSummary, 'decisive' | 'win_rate' | 'interval' | 'evidence' | 'decided'>;

/** What votes for one of two come to, whoever cast them: people or a judge. It may be looked at after each of them. */
export function weighVotes({ baseline, derivative }: { readonly baseline: number; readonly derivative: number }): Weighed {
  const { decisive, share } = winRateOf({ baseline, derivative, ties: 0 });
  const evidence = evidenceOf(derivative, decisive);
  const leader = derivative > baseline ? 'derivative' : 'baseline';
  return { decisive, win_rate: share, interval: anytimeInterval(derivative, decisive), evidence, decided: evidence >= DECIDING_EVIDENCE ? leader : null };
}
