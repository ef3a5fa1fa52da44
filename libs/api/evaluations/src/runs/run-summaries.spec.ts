import { Logger } from '@nestjs/common';
import { describeOverDatabases } from '@tandem/api/store/testing';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { answerOf } from '../testing/answer-of';
import { keptRun } from '../testing/kept-run';
import { RunSummaries } from './run-summaries';

beforeEach(() => Logger.overrideLogger(false));

describeOverDatabases('the summaries of runs', [EVALUATIONS_SCHEMA], (open) => {
  it('are found out once for each number of items that were asked', async () => {
    const { records, items, id, finish } = await keptRun(open(), { repeats: 2 });
    const summaries = new RunSummaries(items);
    const before = summaries.of(await records.get(id));
    expect(summaries.of(await records.get(id))).toBe(before);
    expect((await before).measures).toMatchObject([{ model: 'a', characters: null }, { model: 'b' }]);
    await finish(0, [answerOf('a', 'yes'), answerOf('b', 'no')]);
    const after = summaries.of(await records.get(id));
    expect(after).not.toBe(before);
    expect((await after).measures).toMatchObject([{ characters: { value: 3, n: 1 } }, { characters: { value: 2, n: 1 } }]);
  });

  it('are kept for 20 runs, and found out anew for others', async () => {
    const { records, items, spec, id } = await keptRun(open());
    const summaries = new RunSummaries(items);
    const first = summaries.of(await records.get(id));
    for (let n = 0; n < 20; n++) {
      const other = await records.add(spec, spec.set.id);
      await summaries.of(await records.get(other.id));
    }
    expect(summaries.of(await records.get(id))).not.toBe(first);
  });

  it('are asked for again where they could not be read', async () => {
    const store = open();
    const { records, items, id } = await keptRun(store);
    const summaries = new RunSummaries(items);
    const run = await records.get(id);
    await store.close();
    await expect(summaries.of(run)).rejects.toMatchObject({ code: 'store_unavailable', retryAfterSeconds: expect.any(Number) });
    await expect(summaries.of(run)).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});
