import { Injectable } from '@nestjs/common';
import { KeptComparisons } from '../kept/kept-comparisons';
import { KeptVotes } from '../votes/kept-votes';
import type { Exported } from './exported';

/** Gathers what an export says. */
@Injectable()
export class Exports {
  constructor(
    private readonly comparisons: KeptComparisons,
    private readonly votes: KeptVotes,
  ) {}

  /** @throws Fault `not_found`, `store_unavailable` */
  async of(id: string): Promise<Exported> {
    const comparison = await this.comparisons.get(id);
    const votes = await this.votes.countsOfTurns(id, comparison.turns.length);
    return { comparison, votes, pair: await this.votes.summary(comparison.baseline, comparison.derivative, undefined) };
  }
}
