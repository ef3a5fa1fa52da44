import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@tandem/testing';
import { answerTo, startCountingModel } from './testing/counting-model';
import { RunsOf } from './testing/runs';
import { type RunningServer, startServer } from './testing/start-server';

const KILLS = 8;
const PROMPTS = 120;
/** Of one run, at any time. */
const IN_FLIGHT = 12;
const LONGEST_MS = 400;

it('loses at most what is in flight when its server is killed, and asks nothing again that is done', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-run-kills-'));
  const model = await startCountingModel(100, LONGEST_MS);
  const models = (id: string) => JSON.stringify([{ id, name: id, endpoint: `${model.endpoint}/${id}`, protocol: 'openai-chat', model: 'counting' }]);
  const environment = { BASELINE_MODELS: models('one'), TWODELTA_MODELS: models('other') };
  let server: RunningServer = await startServer(folder, environment);
  const runs = new RunsOf(() => server.origin);
  try {
    const prompt_set = await runs.keep(Array.from({ length: PROMPTS }, (_, n) => ({ id: `p${n}`, prompt: `word${n}` })));
    const { id } = await runs.start({ baseline: 'one', derivative: 'other', prompt_set });
    /** How often the prompts of items that are done were asked. */
    const settled = new Map<string, number | undefined>();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = (await runs.get(id)).counts.done;
      await until(async () => (await runs.get(id)).counts.done > before || (await runs.get(id)).state === 'done');
      await delay(Math.random() * LONGEST_MS);
      server.signal('SIGKILL');
      await server.exit;
      const asked = new Map(model.asked);
      server = await startServer(folder, environment);
      const done = await runs.items(id, '&filter=state:done');
      for (const { prompt = '' } of done) settled.set(prompt, settled.get(prompt) ?? model.asked.get(prompt));
      // of what was asked, only what was in flight is not kept
      const lost = [...asked.keys()].filter((prompt) => !done.some((item) => item.prompt === prompt));
      expect(lost.length).toBeLessThanOrEqual(IN_FLIGHT);
    }
    const run = await runs.over(id);
    expect([run.state, run.counts]).toEqual(['done', { total: PROMPTS, queued: 0, done: PROMPTS, failed: 0 }]);
    const items = await runs.items(id);
    for (const { prompt = '', answers } of items)
      expect(answers).toMatchObject({ baseline: { text: answerTo(prompt) }, derivative: { text: answerTo(prompt) } });
    for (const [prompt, count] of settled) expect([prompt, model.asked.get(prompt)]).toEqual([prompt, count]);
    const asked = [...model.asked.values()].reduce((sum, count) => sum + count, 0);
    expect(asked).toBeGreaterThanOrEqual(2 * PROMPTS);
    expect(asked).toBeLessThanOrEqual(2 * PROMPTS + 2 * IN_FLIGHT * KILLS);
  } finally {
    await server.stop();
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
