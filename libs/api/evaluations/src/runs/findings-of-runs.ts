import { Injectable } from '@nestjs/common';
import type { RunFindings } from '@tandem/shared/contracts';
import { PairVotes } from './pair-votes';
import type { KeptRun } from './run-records';
import { RunSummaries } from './run-summaries';

/** What runs found, with what people voted on their pairs by now. */
@Injectable()
export class FindingsOfRuns {
  constructor(
    private readonly summaries: RunSummaries,
    private readonly votes: PairVotes,
  ) {}

  async of(run: KeptRun): Promise<RunFindings> {
    const [baseline = '', ...others] = run.spec.models;
    const summary = await this.summaries.of(run);
    const people_votes = await Promise.all(others.map(async (model) => ({ model, ...(await this.votes.on(baseline, model)) })));
    return { ...summary, people_votes };
  }
}
