import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { NODE_FLAGS } from '../../tools/node-flags.mjs';
import { freePort } from '../server.mjs';

/** Where nothing can be kept: the store is off. */
export const OFF = '/dev/null';

/** A built Tandem that answers /readyz, with how long that took. `dataDir` is where it keeps things. Whoever starts it stops it. */
export async function startServer(dataDir, environment = {}) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, 'dist/apps/api/main.js'], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', LOG_FORMAT: 'json', DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  const isReady = () =>
    fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await delay(5);
  const end = async (signal) => {
    child.kill(signal);
    await exit;
  };
  return { origin, child, readyMs: performance.now() - begun, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** One request to the API, and its answer as JSON. */
export async function ask(origin, path, { method = 'GET', body } = {}) {
  const answer = await fetch(`${origin}/api/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return answer.json();
}

/** Waits until the store is open. */
export async function untilKept(origin) {
  while ((await ask(origin, 'store')).store.state !== 'ready') await delay(5);
}
