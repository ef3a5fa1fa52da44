import { Logger } from '@nestjs/common';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { Store } from '@tandem/api/store';
import type { RunAnswer } from '@tandem/shared/contracts';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { PromptSets } from '../prompt-sets/prompt-sets';
import { ShippedSets } from '../prompt-sets/shipped-sets';
import { figuresOf } from './item-figures';
import { RunItems } from './run-items';
import { RunRecords } from './run-records';
import type { RunSpec } from './run-spec';

const SHIPPED = new URL('../../shipped/', import.meta.url);
const FAULT = { code: 'upstream_rejected', message: 'no', retryable: false } as const;

beforeEach(() => Logger.overrideLogger(false));

const answer = (model: string, text: string, changes: Partial<RunAnswer> = {}): RunAnswer => ({
  model,
  text,
  finish_reason: 'stop',
  error: null,
  usage: null,
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 1, total_ms: text.length, tokens_per_second: null, source: 'measured' },
  seed: 1,
  ignored_parameters: [],
  check: { passed: text === 'yes', checks: [] },
  tries: 1,
  ...changes,
});

async function setup(store: Store, { prompts = 3, repeats = 2 } = {}) {
  const sets = new PromptSets(store, new ShippedSets(SHIPPED));
  const records = new RunRecords(store);
  const items = new RunItems(store);
  const set = await sets.add('mine', { prompts: Array.from({ length: prompts }, (_, n) => ({ id: `p${n}`, prompt: `prompt ${n}` })) });
  const spec: RunSpec = { isPair: true, models: ['a', 'b'], set, parameters: { seed: 7 }, repeats, score: false };
  const { id } = await records.add(spec, set.id);
  const finish = (place: number, one: RunAnswer, other: RunAnswer, divergence: number | null = null) =>
    records.finish(id, place, { answers: [one, other], figures: figuresOf([one, other], [divergence], []) });
  const page = (query: object) => items.page(id, spec, { sort: 'id', limit: 100, ...query });
  return { sets, records, items, set, spec, id, finish, page };
}

describeOverDatabases('the records of runs', [EVALUATIONS_SCHEMA], (open) => {
  it('have an item for each prompt and repeat, those of one repeat together', async () => {
    const { records, id, page } = await setup(open());
    expect((await records.get(id)).card.counts).toEqual({ total: 6, queued: 6, done: 0, failed: 0 });
    expect((await page({})).rows.map((item) => [item.id, item.state, item.answers])).toEqual(
      ['p0:1', 'p1:1', 'p2:1', 'p0:2', 'p1:2', 'p2:2'].map((name) => [name, 'queued', {}]),
    );
  });

  it('keep what came of an item once, and count it once', async () => {
    const { records, id, finish, page } = await setup(open());
    await finish(0, answer('a', 'yes'), answer('b', 'no'));
    await finish(0, answer('a', 'other'), answer('b', 'other'));
    await finish(1, answer('a', ''), answer('b', '', { error: FAULT }));
    expect((await records.get(id)).card.counts).toEqual({ total: 6, queued: 4, done: 1, failed: 1 });
    expect((await page({})).rows[0]).toMatchObject({ state: 'done', answers: { baseline: { text: 'yes' }, derivative: { text: 'no' } } });
    expect((await records.queuedItems(id, -1, 10)).map(({ place }) => place)).toEqual([2, 3, 4, 5]);
  });

  it('are filtered and sorted, and what has no value comes last', async () => {
    const { finish, page } = await setup(open());
    await finish(0, answer('a', 'yes'), answer('b', 'no'), 0.5);
    await finish(1, answer('a', 'yes'), answer('b', 'yes'), 2);
    await finish(2, answer('a', 'long'), answer('b', 'longer'), 0.5);
    await finish(3, answer('a', 'yes'), answer('b', '', { error: FAULT, timings: null }));
    const ids = async (query: object) => (await page(query)).rows.map((item) => item.id);
    expect(await ids({ filter: 'flips' })).toEqual(['p0:1']);
    expect(await ids({ filter: 'disagree' })).toEqual(['p0:1', 'p2:1']);
    expect(await ids({ filter: 'failed' })).toEqual(['p0:2']);
    expect(await ids({ filter: 'state:queued' })).toEqual(['p1:2', 'p2:2']);
    expect(await ids({ sort: 'divergence' })).toEqual(['p1:1', 'p0:1', 'p2:1', 'p0:2', 'p1:2', 'p2:2']);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { rows, next } = await page({ sort: 'divergence', limit: 1, cursor });
      seen.push(...rows.map((item) => item.id));
      if (next === null) break;
      cursor = next;
    }
    expect(seen).toEqual(await ids({ sort: 'divergence' }));
    await expect(page({ sort: 'latency', cursor: Buffer.from('["divergence",1,0]').toString('base64url') })).rejects.toMatchObject({ param: 'cursor' });
  });

  it('belong to one server at a time, until it says nothing more', async () => {
    const { records, id } = await setup(open());
    const soon = Date.now() + 60_000;
    expect(await records.claim(id, 'one', soon)).toBe(true);
    expect(await records.claim(id, 'other', soon)).toBe(false);
    expect(await records.claim(id, 'one', Date.now() - 1)).toBe(true);
    expect(await records.claim(id, 'other', soon)).toBe(true);
    await records.letGo(id, 'one');
    expect(await records.claim(id, 'one', soon)).toBe(false);
    await records.letGo(id, 'other');
    expect(await records.claim(id, 'one', soon)).toBe(true);
  });

  it('go from state to state as they may, and are deleted with their items', async () => {
    const { records, sets, set, id } = await setup(open());
    expect(await records.change(id, ['paused'], 'queued')).toBe(false);
    expect(await records.change(id, ['queued'], 'running')).toBe(true);
    await expect(records.remove(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(sets.remove(set.id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await records.change(id, ['running'], 'cancelled')).toBe(true);
    expect((await records.get(id)).card.ended_at).not.toBeNull();
    await records.remove(id);
    await expect(records.get(id)).rejects.toMatchObject({ code: 'not_found' });
    await sets.remove(set.id);
    await expect(sets.get(set.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are listed newest first, page by page, and so are the sets, with Tandem’s own behind', async () => {
    const { records, sets, spec, set, id } = await setup(open());
    const second = await records.add(spec, set.id);
    const first = await records.list(undefined, 1);
    expect(first.rows.map((run) => run.id)).toEqual([second.id]);
    expect((await records.list(first.next ?? '', 1)).rows.map((run) => run.id)).toEqual([id]);
    expect((await sets.list(undefined, 10)).rows.map((card) => card.id)).toEqual([set.id, 'general', 'format']);
  });

  it('have a copy of a set that comes with Tandem, made once and shown nowhere', async () => {
    const { sets } = await setup(open());
    const [one, other] = await Promise.all([sets.forRun('format'), sets.forRun('format')]);
    expect([other.id, one.count]).toEqual([one.id, 20]);
    expect((await sets.list(undefined, 10)).rows).toHaveLength(3);
    await expect(sets.get(one.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sets.remove('format')).rejects.toMatchObject({ code: 'conflict' });
  });
});
