import { Logger } from '@nestjs/common';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { VoteSummary } from '@tandem/shared/contracts';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { keptRun } from '../testing/kept-run';
import { NO_VOTES, pairVotes } from '../testing/people-votes';
import { RunSummaries } from './run-summaries';
import { FindingsOfRuns } from './findings-of-runs';

beforeEach(() => Logger.overrideLogger(false));

describeOverDatabases('what runs found', [EVALUATIONS_SCHEMA], (open) => {
  it('has what people voted on each pair, as it is by now', async () => {
    const { records, items, id } = await keptRun(open(), { models: ['a', 'b', 'c'] });
    const votes: Record<string, VoteSummary> = { 'a>c': { ...NO_VOTES, decisive: 3 }, 'b>a': { ...NO_VOTES, decisive: 9 } };
    const findings = new FindingsOfRuns(new RunSummaries(items), pairVotes(votes));
    const run = await records.get(id);
    expect((await findings.of(run)).people_votes).toEqual([
      { model: 'b', ...NO_VOTES },
      { model: 'c', ...NO_VOTES, decisive: 3 },
    ]);
    votes['a>b'] = { ...NO_VOTES, decisive: 1 };
    expect((await findings.of(run)).people_votes).toMatchObject([
      { model: 'b', decisive: 1 },
      { model: 'c', decisive: 3 },
    ]);
  });
});
