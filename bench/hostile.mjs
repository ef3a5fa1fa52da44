// `npm run bench:hostile`: what requests that are made to hurt cost everybody else. Needs a build.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BODIES } from './hostile/bodies.mjs';
import { withServer } from './server.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const TIMES = 3;
const LOOK_MS = 5;

const residentMb = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

await withServer({ CHECKPOINTS_DIR: 'none', BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]', LOG_LEVEL: 'warn' }, async (origin, server) => {
  const rows = [];
  for (const [number, [name, path]] of BODIES.entries()) {
    const sender = fork('bench/hostile/sender.mjs', [origin, String(number), String(TIMES)]);
    await once(sender, 'message');
    const quiet = await look(origin, server.pid, delay(1_000));
    sender.send('go');
    const beside = await look(origin, server.pid, once(sender, 'exit'));
    rows.push({
      body: name,
      path,
      '/healthz quiet, ms': Math.round(quiet.slowest),
      'beside it, ms': Math.round(beside.slowest),
      'MB more': Math.round(beside.most - quiet.least),
    });
  }
  console.log(`Bodies of 8 MiB, each sent ${TIMES} times plain and compressed; the slowest answer of /healthz, and the memory:`);
  console.table(rows);
});

/** Asks /healthz again and again until it is over. */
async function look(origin, pid, over) {
  let isOver = false;
  void over.then(() => (isOver = true));
  const seen = { slowest: 0, most: 0, least: Number.POSITIVE_INFINITY };
  while (!isOver) {
    const begun = performance.now();
    await (await fetch(`${origin}/healthz`)).arrayBuffer();
    const memory = residentMb(pid);
    seen.slowest = Math.max(seen.slowest, performance.now() - begun);
    seen.most = Math.max(seen.most, memory);
    seen.least = Math.min(seen.least, memory);
    await delay(LOOK_MS);
  }
  return seen;
}
