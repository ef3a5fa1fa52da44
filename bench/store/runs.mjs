import { setTimeout as delay } from 'node:timers/promises';
import { ask, startServer, untilKept } from './server.mjs';

const PAIR = ['tandem-tiny-base', 'tandem-tiny-chat'];
/** Of each model, as runs ask. */
const AT_ONCE = 4;
const PARAMETERS = { temperature: 0, max_tokens: 16, seed: 7 };
const promptOf = (number) => `Tell me about number ${number}.`;

/** Items per second of a run over both demo checkpoints, and of asking them the same directly, as many at once; in turns. */
export async function measureRuns(rounds, items, folder) {
  const server = await startServer(folder, { BASELINE_MODELS: undefined, TWODELTA_MODELS: undefined });
  await untilKept(server.origin);
  try {
    const { prompt_set } = await ask(server.origin, 'prompt-sets', {
      method: 'POST',
      body: Array.from({ length: items }, (_, n) => ({ prompt: promptOf(n) })),
    });
    await askDirectly(server.origin, Math.min(items, 50));
    const seen = { run: [], direct: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const which of round % 2 === 0 ? ['run', 'direct'] : ['direct', 'run']) {
        const begun = performance.now();
        if (which === 'run') await askByRun(server.origin, prompt_set.id);
        else await askDirectly(server.origin, items);
        seen[which].push((items * 1000) / (performance.now() - begun));
      }
    }
    return seen;
  } finally {
    await server.stop();
  }
}

async function askByRun(origin, prompt_set) {
  const [baseline, derivative] = PAIR;
  const { run } = await ask(origin, 'runs', { method: 'POST', body: { baseline, derivative, prompt_set, parameters: PARAMETERS } });
  for (;;) {
    const { state, counts } = (await ask(origin, `runs/${run.id}`)).run;
    if (state === 'done' && counts.failed === 0) return;
    if (state === 'failed' || state === 'cancelled' || counts.failed > 0) throw new Error(`The run is ${state}, ${counts.failed} items failed.`);
    await delay(100);
  }
}

async function askDirectly(origin, items) {
  await Promise.all(PAIR.map((model) => askAll(origin, model, items)));
}

async function askAll(origin, model, items) {
  let next = 0;
  const one = async () => {
    for (let number = next++; number < items; number = next++) {
      const body = JSON.stringify({ model, stream: false, messages: [{ role: 'user', content: promptOf(number) }], ...PARAMETERS });
      const answer = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      if (!answer.ok) throw new Error(await answer.text());
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}
