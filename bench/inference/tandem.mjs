import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withServer } from '../server.mjs';
import { readEvents } from './llama-server.mjs';

const PROBE = fileURLToPath(new URL('event-loop-probe.mjs', import.meta.url));

/** Tandem over a folder of checkpoints, asked through its HTTP API. */
export function withTandem({ checkpointsDir, threads }, work) {
  const environment = { CHECKPOINTS_DIR: checkpointsDir, INFERENCE_THREADS: String(threads), BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]' };
  return withServer({ ...environment, NODE_OPTIONS: `--import=${PROBE}` }, (origin, server) =>
    work({
      name: 'Tandem',
      ask: (question) => ask(origin, question),
      cpuMs: () => cpuMs(server.pid),
      eventLoopDelay: () =>
        new Promise((resolve) => {
          server.once('message', resolve);
          server.send('event_loop_delay');
        }),
    }),
  );
}

async function ask(origin, { model, prompt, history = [], maxTokens, seed }) {
  const start = performance.now();
  const messages = [...history, { role: 'user', content: prompt }];
  const response = await fetch(`${origin}/stream`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model, messages, max_tokens: maxTokens, seed, temperature: 0.7, top_k: 50, top_p: 0.9, repetition_penalty: 1.1 }),
  });
  let firstMs;
  let end;
  let text = '';
  await readEvents(response, (frame) => {
    if (frame.token !== '') firstMs ??= performance.now() - start;
    text += frame.token;
    if (frame.done) end = frame;
  });
  if (!end || end.error) throw new Error(end?.error?.message ?? 'no end frame');
  return { firstMs, totalMs: performance.now() - start, tokens: end.usage.completion_tokens, promptTokens: end.usage.prompt_tokens, text };
}

/** What the threads of a process have computed so far, from Linux' process table. */
function cpuMs(pid) {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6;
}
