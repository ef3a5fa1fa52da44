import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { listening } from '../tools/listening.mjs';
import { NODE_FLAGS } from '../tools/node-flags.mjs';

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Runs `work` with the origin and the process of a built Tandem of its own, and stops it afterwards. */
export async function withServer(environment, work) {
  const port = await freePort();
  const server = spawn(process.execPath, [...NODE_FLAGS, 'dist/apps/api/main.js'], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', LOG_FORMAT: 'json', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    await listening(server);
    return await work(`http://127.0.0.1:${port}`, server);
  } finally {
    server.kill('SIGTERM');
  }
}
