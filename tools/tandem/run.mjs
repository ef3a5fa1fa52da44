import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotRun } from './cannot-run.mjs';
import { judgeCondition, needsScores } from './conditions.mjs';
import { figuresOf } from './figures.mjs';
import { junitOf } from './junit.mjs';
import { startOwnServer } from './own-server.mjs';
import { TandemClient } from './tandem-client.mjs';

const TYPES = { '.jsonl': 'application/x-ndjson', '.ndjson': 'application/x-ndjson', '.csv': 'text/csv', '.json': 'application/json' };
const LOOK_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM'];
const OVER = new Set(['done', 'failed', 'cancelled']);

/** The exit status: 0 where no condition was met, 1 where one was. What is interrupted leaves nothing behind. @throws CannotRun */
export async function run(wanted) {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort(new CannotRun('Interrupted.'));
  for (const signal of SIGNALS) process.on(signal, stop);
  let own;
  try {
    own = wanted.server === undefined ? await startOwnServer(interrupt.signal) : undefined;
    const client = new TandemClient(own?.origin ?? wanted.server);
    const id = await started(client, wanted);
    return await judged(client, await finished(client, id, interrupt.signal), wanted);
  } finally {
    await own?.stop();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

async function started(client, { set, baseline, derivative, repeats, parameters, conditions }) {
  const prompt_set = existsSync(set) ? await sent(client, set) : set;
  const body = JSON.stringify({ baseline, derivative, prompt_set, repeats, parameters, ...(needsScores(conditions) ? { score: true } : {}) });
  const { run } = await client.json('/api/runs', { method: 'POST', body });
  console.log(`Run ${run.id}: ${run.counts.total} items over ${run.baseline} and ${run.derivative}.`);
  return run.id;
}

async function sent(client, file) {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new CannotRun(`--set: ${file} must end in ${Object.keys(TYPES).join(', ')}.`);
  const name = encodeURIComponent(basename(file, extname(file)).slice(0, 200));
  const { prompt_set } = await client.json(`/api/prompt-sets?name=${name}`, { method: 'POST', type, body: readFileSync(file) });
  return prompt_set.id;
}

/** The run with its summary, once it is over. One that is interrupted is cancelled. */
async function finished(client, id, interrupt) {
  for (;;) {
    const { run } = await client.json(`/api/runs/${id}`);
    if (OVER.has(run.state)) return run;
    await delay(LOOK_MS, undefined, { signal: interrupt }).catch(() => undefined);
    if (!interrupt.aborted) continue;
    await client.ask(`/api/runs/${id}/cancel`, { method: 'POST' });
    throw new CannotRun(`Run ${id} was cancelled.`);
  }
}

async function judged(client, run, { conditions, junit, json }) {
  const { done, failed, total } = run.counts;
  console.log(`${done} of ${total} items answered, ${failed} failed.`);
  if (run.state !== 'done') throw new CannotRun(`The run is ${run.state}. ${run.error?.message ?? ''}`.trim());
  if (done === 0) throw new CannotRun('No item has answers of both models, so nothing can be said.');
  for (const line of figuresOf(run.summary)) console.log(line);
  const found = conditions.map((condition) => judgeCondition(condition, run));
  for (const { condition, value, met } of found) console.log(`${met ? '✗' : '✓'} ${condition}: ${Number(value.toPrecision(4))}`);
  const isMet = found.some(({ met }) => met);
  if (json !== undefined) written('json', json, `${JSON.stringify({ run, conditions: found, failed: isMet }, null, 2)}\n`);
  if (junit !== undefined) written('junit', junit, junitOf(run, found, await client.allItems(run.id)));
  return isMet ? 1 : 0;
}

function written(option, file, text) {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CannotRun(`--${option}: ${file} cannot be written (${error.code}).`);
  }
}
