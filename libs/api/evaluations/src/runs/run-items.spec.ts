import { Logger } from '@nestjs/common';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { RunAnswer, RunFilter, RunSort } from '@tandem/shared/contracts';
import { EVALUATIONS_SCHEMA, type EvaluationTables } from '../evaluations-schema';
import { answerOf } from '../testing/answer-of';
import { keptRun } from '../testing/kept-run';

const FAULT = { code: 'upstream_rejected', message: 'no', retryable: false } as const;
const promptsOf = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `p${n}`, prompt: `prompt ${n}` }));
const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

beforeEach(() => Logger.overrideLogger(false));

async function setup(store: Store, prompts = 6) {
  const { items, spec, id, finish } = await keptRun(store, { prompts: promptsOf(prompts) });
  const took = (model: string, text: string, total_ms: number, changes: Partial<RunAnswer> = {}): RunAnswer =>
    answerOf(model, text, { timings: { queue_ms: 0, load_ms: 0, ttft_ms: 1, total_ms, tokens_per_second: null, source: 'measured' }, ...changes });
  const page = (query: object = {}) => items.page(id, spec, { sort: 'id', limit: 100, ...query });
  const names = async (query: object) => (await page(query)).rows.map((item) => item.id.split(':')[0]);
  /** All pages of that size, one after the other. */
  const walk = async (query: object, limit: number) => {
    const seen: (string | undefined)[] = [];
    for (let cursor: string | undefined; ;) {
      const { rows, next } = await page({ ...query, limit, cursor });
      expect(rows.length).toBeLessThanOrEqual(limit);
      seen.push(...rows.map((item) => item.id.split(':')[0]));
      if (next === null) return seen;
      cursor = next;
    }
  };
  return { items, spec, id, finish, took, page, names, walk };
}

describeOverDatabases('the items of a run', [EVALUATIONS_SCHEMA], (open) => {
  async function filled() {
    const run = await setup(open());
    const { finish, took } = run;
    const right = { check: { passed: true, checks: [] } };
    const wrong = { check: { passed: false, checks: [] } };
    await finish(0, [took('a', 'ab', 5, right), took('b', 'abcd', 10, wrong)], [0.25]);
    await finish(1, [took('a', 'ab', 40, right), took('b', 'ab', 10, right)], [0.1]);
    await finish(2, [took('a', 'abcd', 5), took('b', 'a', 10)], [0.25]);
    await finish(3, [took('a', '', 5), took('b', 'ab', 7)], [null]);
    await finish(4, [took('a', 'ab', 5), answerOf('b', '', { error: FAULT, timings: null })]);
    return run;
  }

  it.each<[RunSort, string[]]>([
    ['id', ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
    ['divergence', ['p0', 'p2', 'p1', 'p3', 'p4', 'p5']],
    ['length_ratio', ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
    ['latency', ['p1', 'p0', 'p2', 'p3', 'p4', 'p5']],
  ])('are sorted by %s: the greatest first, equals in the order of the set, what has no value last', async (sort, expected) => {
    const { names, walk } = await filled();
    expect(await names({ sort })).toEqual(expected);
    for (const limit of [1, 2, 4, 6, 7]) expect(await walk({ sort }, limit)).toEqual(expected);
  });

  it.each<[RunFilter, string[]]>([
    ['flips', ['p0']],
    ['disagree', ['p0', 'p2', 'p3']],
    ['failed', ['p4']],
    ['state:failed', ['p4']],
    ['state:done', ['p0', 'p1', 'p2', 'p3']],
    ['state:queued', ['p5']],
  ])('are filtered by %s, page by page too, and in any order', async (filter, expected) => {
    const { names, walk } = await filled();
    expect(await names({ filter })).toEqual(expected);
    for (const sort of ['id', 'divergence', 'latency']) expect((await walk({ filter, sort }, 1)).sort()).toEqual(expected);
  });

  it('have no page behind the last, also where that is full', async () => {
    const { page } = await setup(open());
    expect((await page({ limit: 6 })).next).toBeNull();
    const { rows, next } = await page({ limit: 5 });
    expect([rows.length, typeof next]).toEqual([5, 'string']);
    expect((await page({ limit: 5, cursor: next })).rows.map((item) => item.id)).toEqual(['p5:1']);
  });

  it('are each shown once where items are asked between two pages', async () => {
    const { finish, took, page } = await filled();
    const first = await page({ sort: 'latency', limit: 2 });
    await finish(5, [took('a', 'ab', 1), took('b', 'ab', 2)]);
    const rest = await page({ sort: 'latency', limit: 100, cursor: first.next });
    const seen = [...first.rows, ...rest.rows].map((item) => item.id);
    expect(seen.sort()).toEqual(['p0:1', 'p1:1', 'p2:1', 'p3:1', 'p4:1', 'p5:1']);
  });

  it.each<[string, RunSort, string]>([
    ['nothing', 'id', ''],
    ['no base64', 'id', '{}'],
    ['no JSON', 'id', Buffer.from('["id",').toString('base64url')],
    ['a number', 'id', cursorOf(7)],
    ['null', 'id', cursorOf(null)],
    ['an object', 'id', cursorOf({ sort: 'id' })],
    ['the cursor of another order', 'latency', cursorOf(['divergence', 1, 0])],
    ['a value that is none', 'latency', cursorOf(['latency', '1', 0])],
    ['no place', 'latency', cursorOf(['latency', 1])],
    ['half a place', 'latency', cursorOf(['latency', 1, 0.5])],
    ['a place before the first', 'id', cursorOf(['id', null, -1])],
    ['a place that no run has', 'id', cursorOf(['id', null, Number.MAX_SAFE_INTEGER])],
    ['more than a cursor has', 'id', cursorOf(['id', null, 0, 0])],
    ['an id', 'id', Buffer.from('019ac0de-0000-7000-8000-000000000000').toString('base64url')],
  ])('are not told behind %s', async (_, sort, cursor) => {
    const { page } = await setup(open());
    await expect(page({ sort, cursor })).rejects.toMatchObject({ status: 400, param: 'cursor' });
  });

  it('have all that was asked, but not the checks, and a list of answers where there are variants', async () => {
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const prompts = [{ id: 'x:y', messages, system: 's', reference: 'r', tags: ['t'], check: [{ type: 'json' as const }] }];
    const { items, spec, id, finish } = await keptRun(open(), { prompts, models: ['a', 'b', 'c'] });
    const first = { id: 'x:y:1', messages, system: 's', reference: 'r', tags: ['t'], repeat: 1 };
    const none = { divergence: null, length_ratio: null, latency: null, verdicts: [] };
    const page = () => items.page(id, spec, { sort: 'id', limit: 1 });
    expect((await page()).rows).toEqual([{ ...first, ...none, state: 'queued', answers: [] }]);
    const answers = ['a', 'b', 'c'].map((model) => answerOf(model, 'yes'));
    await finish(0, answers, [null, 0.5], [null, 'tie']);
    expect((await page()).rows).toEqual([
      { ...first, state: 'done', answers, divergence: 0.5, length_ratio: 1, latency: 2, verdicts: [{ model: 'c', winner: 'tie' }] },
    ]);
  });

  it('are all counted in a summary, however many there are, those of one prompt together', async () => {
    const store = open();
    const { items, id } = await keptRun(store, { prompts: promptsOf(101), repeats: 20 });
    const figures = JSON.stringify({ sides: [null, null], pairs: [null] });
    await store.use<EvaluationTables, unknown>((db) => db.updateTable('run_items').set({ figures }).where('repeat', '>', 1).execute());
    const found = await items.figures(id);
    expect(found.size).toBe(101);
    expect([...found.values()].every(({ length }) => length === 19)).toBe(true);
  });
});
