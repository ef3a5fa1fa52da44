import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { comparison } from './comparison.mjs';
import { ask, OFF, startServer, untilKept } from './server.mjs';

const PROBE = fileURLToPath(new URL('../inference/event-loop-probe.mjs', import.meta.url));
const STREAMS = 100;
const TOKENS_PER_SECOND = 50;
/** Comparisons that are kept beside the streams. */
const KEPT_PER_SECOND = 20;
const SETTLE_MS = 2_000;

/**
 * How late the event loop is while streams are relayed and comparisons are sent to be kept, in milliseconds at the 99th percentile, with
 * the store on and off in turns. Where it is off each of them is read and refused.
 */
export async function measureDelay(rounds, seconds, newFolder) {
  const standIn = spawn(process.execPath, ['bench/relay/stand-in.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const upstream = Number(String((await once(standIn.stdout, 'data'))[0]));
  const models = JSON.stringify([{ id: 'stand-in', name: 'stand-in', endpoint: `127.0.0.1:${upstream}`, protocol: 'openai-chat', model: 'stand-in' }]);
  const environment = { BASELINE_MODELS: models, TWODELTA_MODELS: '[]', CHECKPOINTS_DIR: 'none', NODE_OPTIONS: `--import=${PROBE}` };
  const seen = { on: [], off: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const which of round % 2 === 0 ? ['on', 'off'] : ['off', 'on']) {
        const server = await startServer(which === 'on' ? newFolder() : OFF, environment);
        if (which === 'on') await untilKept(server.origin);
        seen[which].push(await delayUnderLoad(server, seconds));
        await server.stop();
      }
    }
  } finally {
    standIn.kill();
  }
  return seen;
}

async function delayUnderLoad({ origin, child }, seconds) {
  const body = { model: 'stand-in', prompt: 'Hi', max_tokens: TOKENS_PER_SECOND * (seconds + 4), top_k: TOKENS_PER_SECOND };
  const job = { port: Number(new URL(origin).port), path: '/stream', body, streams: STREAMS, rampMs: 500 };
  const clients = spawn(process.execPath, ['bench/relay/clients.mjs', JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const over = once(clients, 'close');
  await delay(SETTLE_MS);
  await probed(child);
  for (let number = 0; number < seconds * KEPT_PER_SECOND; number += 1) {
    void ask(origin, 'comparisons', { method: 'POST', body: comparison(number) });
    await delay(1_000 / KEPT_PER_SECOND);
  }
  const { p99Ms } = await probed(child);
  await over;
  return p99Ms;
}

async function probed(child) {
  const answer = once(child, 'message');
  child.send('event_loop_delay');
  return (await answer)[0];
}
