import type { Comparison, VoteSummary } from '@tandem/shared/contracts';

export type VoteCounts = VoteSummary['counts'];

/** A comparison with what was voted, as it is taken along. */
export interface Exported {
  readonly comparison: Comparison;
  /** On each turn. */
  readonly votes: readonly VoteCounts[];
  /** On all comparisons of the pair, the blind ones too. */
  readonly pair: VoteSummary;
}
