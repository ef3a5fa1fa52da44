import { type VoteChoice } from '@tandem/shared/contracts';

/** "3 votes: 2 for Two Delta, 1 tie"; empty without any. */
export function sayCounts({ baseline, derivative, tie, both_bad }: Readonly<Record<VoteChoice, number>>): string {
  const all = baseline + derivative + tie + both_bad;
  if (all === 0) return '';
  const parts = [
    ...(baseline > 0 ? [`${baseline} for Baseline`] : []),
    ...(derivative > 0 ? [`${derivative} for Two Delta`] : []),
    ...(tie > 0 ? [tie === 1 ? '1 tie' : `${tie} ties`] : []),
    ...(both_bad > 0 ? [`${both_bad} both bad`] : []),
  ];
  return `${all === 1 ? '1 vote' : `${all} votes`}: ${parts.join(', ')}`;
}
