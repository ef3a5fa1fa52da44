import type { VoteSummary } from '@tandem/shared/contracts';

/** What people voted on pairs of models: another room keeps that, and the application says which. */
export abstract class PairVotes {
  /** @throws Fault `store_unavailable` */
  abstract on(baseline: string, derivative: string): Promise<VoteSummary>;
}
