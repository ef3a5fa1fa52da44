import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, RunAnswer, RunCounts, RunItem } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { RunsOf } from './testing/runs';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const PAIR = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat' };

describe('a run over the demo pair', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-runs-'));
  let server: RunningServer;
  const runs = new RunsOf(() => server.origin);

  beforeAll(async () => void (server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS })));
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const sidesOf = ({ answers }: RunItem) => answers as { readonly baseline: RunAnswer; readonly derivative: RunAnswer };

  it('asks every prompt of both sides with one seed a repeat, and tells what it found', async () => {
    const prompt_set = await runs.keep([
      { id: 'any', prompt: 'Tell me about the sea.', check: { type: 'regex', value: '.' } },
      { id: 'none', prompt: 'Tell me about bread.', check: { type: 'exact', value: 'no model says this 4711' } },
      { id: 'talk', messages: [{ role: 'user', content: 'Hello!' }], system: 'Be brief.' },
    ]);
    const { id } = await runs.start({ ...PAIR, prompt_set, repeats: 2, score: true, parameters: { max_tokens: 8, temperature: 0, seed: 7 } });
    const run = await runs.over(id);
    expect([run.state, run.counts, run.error]).toEqual(['done', { total: 6, queued: 0, done: 6, failed: 0 }, null]);
    const items = await runs.items(id);
    expect(items.map((item) => item.id)).toEqual(['any:1', 'none:1', 'talk:1', 'any:2', 'none:2', 'talk:2']);
    for (const item of items) {
      const { baseline, derivative } = sidesOf(item);
      expect([baseline.model, derivative.model]).toEqual([PAIR.baseline, PAIR.derivative]);
      expect([baseline.seed, derivative.seed]).toEqual([6 + item.repeat, 6 + item.repeat]);
      expect([baseline.error, derivative.error]).toEqual([null, null]);
      expect(item.latency).toBe(Math.max(baseline.timings?.total_ms ?? 0, derivative.timings?.total_ms ?? 0));
    }
    // at temperature 0 a repeat says the same
    expect(sidesOf(items[0]!).derivative.text).toBe(sidesOf(items[3]!).derivative.text);
    const { measures, flips, mcnemar, holm, pairs, votes } = run.summary;
    expect(measures.map(({ model, pass_rate }) => [model, pass_rate?.n])).toEqual([
      [PAIR.baseline, 4],
      [PAIR.derivative, 4],
    ]);
    expect(flips.n).toBe(4);
    expect(mcnemar.b + mcnemar.c).toBe(flips.count);
    expect(holm).toEqual([{ model: PAIR.derivative, p: mcnemar.p }]);
    expect(pairs[0]?.divergence?.value).toBeGreaterThan(0);
    expect(votes).toBeNull();
  });

  it('counts among the answers that /metrics tells of', async () => {
    const COUNTED = /^tandem_answers_total\{model="tandem-tiny-base",outcome="(?:stop|length)"\} (\d+)$/gm;
    const total = async () => {
      const text = await (await fetch(`${server.origin}/metrics`)).text();
      return [...text.matchAll(COUNTED)].reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const before = await total();
    const { id } = await runs.start({ ...PAIR, prompt_set: 'format', parameters: { max_tokens: 4 } });
    const { counts } = await runs.over(id);
    expect((await total()) - before).toBe(counts.done);
  });

  it('is told as it goes on, the last time with its end', async () => {
    const { id } = await runs.start({ ...PAIR, prompt_set: 'general', parameters: { max_tokens: 4 } });
    const told: { state: string; counts: RunCounts }[] = [];
    const answer = await runs.send(`runs/${id}/events`);
    for await (const { data, event } of readEvents(answer.body!)) {
      expect(event).toBeFalsy();
      told.push(JSON.parse(data) as (typeof told)[number]);
    }
    expect(told.at(-1)).toEqual({ state: 'done', counts: { total: 20, queued: 0, done: 20, failed: 0 } });
    expect(told.slice(0, -1).every(({ state }) => state === 'queued' || state === 'running')).toBe(true);
  });

  it('has several variants, each against the first', async () => {
    const variants = [PAIR.baseline, PAIR.derivative];
    const { id } = await runs.start({ variants, prompt_set: 'format', parameters: { max_tokens: 4 } });
    const run = await runs.over(id);
    expect([run.variants, run.baseline, run.summary.pairs.map(({ model }) => model)]).toEqual([variants, undefined, [PAIR.derivative]]);
    for (const { answers } of await runs.items(id)) expect((answers as RunAnswer[]).map(({ model }) => model)).toEqual(variants);
  });

  it('may be judged by a model that cannot be understood, and then counts no votes', async () => {
    const prompt_set = await runs.keep([{ prompt: 'Hello!', check: { type: 'judge', value: PAIR.derivative } }]);
    const { id } = await runs.start({ ...PAIR, prompt_set, parameters: { max_tokens: 4, temperature: 0 } });
    const run = await runs.over(id);
    expect([run.state, run.summary.votes, run.summary.measures[0]?.pass_rate]).toEqual(['done', null, null]);
  });

  it.each(['id', 'divergence', 'length_ratio', 'latency'])('shows each item once, whatever its pages are sorted by: %s', async (sort) => {
    const { id } = await runs.start({ ...PAIR, prompt_set: 'general', parameters: { max_tokens: 2 } });
    await runs.over(id);
    const seen: string[] = [];
    const values: (number | null)[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await (await runs.send(`runs/${id}/items?limit=3&sort=${sort}${at}`)).json()) as { items: RunItem[]; next_cursor: string | null };
      seen.push(...page.items.map((item) => item.id));
      if (sort !== 'id') values.push(...page.items.map((item) => item[sort as 'latency']));
      cursor = page.next_cursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([20, 20]);
    const known = values.filter((value) => value !== null);
    expect(values).toEqual([...known.sort((one, other) => other - one), ...values.filter((value) => value === null)]);
  });

  it('comes as a file: every item a line, cells that compute nothing, a page that runs nothing', async () => {
    const prompt_set = await runs.keep([{ id: '=1+1', prompt: '<script>alert(1)</script>' }]);
    const { id } = await runs.start({ ...PAIR, prompt_set, parameters: { max_tokens: 4 } });
    await runs.over(id);
    const file = async (format: string) => {
      const answer = await runs.send(`runs/${id}/export?format=${format}`);
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="run-${id}.${format}"`);
      return answer.text();
    };
    expect(
      (await file('jsonl'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(await runs.items(id));
    expect((await file('csv')).split('\n')[1]).toMatch(/^'=1\+1:1,1,done,/);
    const html = await file('html');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<script|<img|<link| src=/i);
    expect(html.trim().endsWith('</html>')).toBe(true);
  });

  it('keeps its prompt set, until it is deleted itself', async () => {
    const prompt_set = await runs.keep([{ prompt: 'Hello!' }]);
    const { id } = await runs.start({ ...PAIR, prompt_set, parameters: { max_tokens: 2 } });
    await runs.over(id);
    expect((await runs.send(`prompt-sets/${prompt_set}`, 'DELETE')).status).toBe(409);
    expect((await runs.send(`runs/${id}`, 'DELETE')).status).toBe(200);
    expect((await runs.send(`runs/${id}`)).status).toBe(404);
    expect((await runs.send(`prompt-sets/${prompt_set}`, 'DELETE')).status).toBe(200);
    expect((await runs.send(`prompt-sets/${prompt_set}`)).status).toBe(404);
  });

  it.each<[object, number, string]>([
    [{ ...PAIR }, 400, 'prompt_set'],
    [{ baseline: PAIR.baseline, prompt_set: 'general' }, 400, 'derivative'],
    [{ ...PAIR, variants: Object.values(PAIR), prompt_set: 'general' }, 400, 'baseline'],
    [{ variants: [PAIR.baseline], prompt_set: 'general' }, 400, 'variants'],
    [{ variants: [PAIR.baseline, 'pretrain/tandem-tiny-base.gguf', PAIR.baseline], prompt_set: 'general' }, 400, 'variants'],
    [{ ...PAIR, prompt_set: 'general', repeats: 21 }, 400, 'repeats'],
    [{ ...PAIR, prompt_set: 'general', parameters: { temperature: 3 } }, 400, 'parameters.temperature'],
    [{ ...PAIR, prompt_set: 'general', parameters: { temprature: 1 } }, 400, 'parameters.temprature'],
    [{ ...PAIR, prompt_set: 'general', score: 'yes' }, 400, 'score'],
    [{ ...PAIR, prompt_set: 'nowhere' }, 404, 'prompt_set'],
    [{ ...PAIR, derivative: 'nobody', prompt_set: 'general' }, 404, 'derivative'],
    [{ variants: [PAIR.baseline, 'nobody'], prompt_set: 'general' }, 404, 'variants[1]'],
  ])('is refused for what is wrong: %j', async (body, status, param) => {
    const answer = await runs.send('runs', 'POST', body);
    expect([answer.status, ((await answer.json()) as ErrorBody).error.param]).toEqual([status, param]);
  });

  it('has a file of prompts refused with its line and field, and too large a one', async () => {
    const answer = await runs.send('prompt-sets?name=x', 'POST', '{"prompt":"a"}\n{"prompt":"b","chek":1}', 'application/x-ndjson');
    expect([answer.status, ((await answer.json()) as ErrorBody).error]).toMatchObject([400, { line: 2, field: 'chek' }]);
    expect((await runs.send('prompt-sets', 'POST', '"x"', 'text/plain')).status).toBe(415);
    expect((await runs.send('prompt-sets', 'POST', '{"prompt":"a"}\n'.repeat(10_001), 'application/x-ndjson')).status).toBe(413);
    expect((await runs.send('prompt-sets', 'POST', 'x'.repeat(33 * 1024 * 1024), 'application/x-ndjson')).status).toBe(413);
  });
});
