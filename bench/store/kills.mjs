import { setTimeout as delay } from 'node:timers/promises';
import { startCounting } from './counting.mjs';
import { ask, startServer, untilKept } from './server.mjs';

const TIMES = { shortestMs: 100, longestMs: 400 };
/** Items that a run asks at any time. */
export const IN_FLIGHT = 12;

/** Kills the server of a run at random moments, so often, and says what that cost: of each kill, how many items were lost; in all, what was asked again though it was done. */
export async function measureKills(kills, folder) {
  const model = await startCounting(TIMES);
  const models = (id) => JSON.stringify([{ id, name: id, endpoint: `${model.endpoint}/${id}`, protocol: 'openai-chat', model: 'counting' }]);
  const environment = { BASELINE_MODELS: models('one'), TWODELTA_MODELS: models('other'), CHECKPOINTS_DIR: 'none' };
  const items = kills * 20;
  let server = await startServer(folder, environment);
  try {
    await untilKept(server.origin);
    const { prompt_set } = await ask(server.origin, 'prompt-sets', {
      method: 'POST',
      body: Array.from({ length: items }, (_, n) => ({ prompt: `prompt ${n}` })),
    });
    const { run } = await ask(server.origin, 'runs', { method: 'POST', body: { baseline: 'one', derivative: 'other', prompt_set: prompt_set.id } });
    const lost = [];
    /** How often the prompts of items that are done had been asked when that was seen. */
    const settled = new Map();
    let done = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      while ((await countsOf(server.origin, run.id)).done <= done && done < items) await delay(10);
      await delay(Math.random() * TIMES.longestMs);
      await server.kill();
      const asked = new Set(model.asked.keys());
      server = await startServer(folder, environment);
      await untilKept(server.origin);
      const kept = await promptsOfDone(server.origin, run.id);
      for (const prompt of kept) if (!settled.has(prompt)) settled.set(prompt, model.asked.get(prompt));
      lost.push([...asked].filter((prompt) => !kept.has(prompt)).length);
      done = kept.size;
    }
    while ((await countsOf(server.origin, run.id)).done < items) await delay(100);
    const repeated = [...settled].filter(([prompt, count]) => model.asked.get(prompt) !== count).length;
    const asked = [...model.asked.values()].reduce((sum, count) => sum + count, 0);
    return { kills, items, lost, repeated, 'asked beyond need': asked - 2 * items, counts: await countsOf(server.origin, run.id) };
  } finally {
    await server.stop();
    model.close();
  }
}

async function countsOf(origin, run) {
  return (await ask(origin, `runs/${run}`)).run.counts;
}

async function promptsOfDone(origin, run) {
  const prompts = new Set();
  for (let cursor = ''; cursor !== null;) {
    const { items, next_cursor } = await ask(origin, `runs/${run}/items?filter=state:done&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    for (const { prompt } of items) prompts.add(prompt);
    cursor = next_cursor;
  }
  return prompts;
}
