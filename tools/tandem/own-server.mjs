import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listening } from '../listening.mjs';
import { NODE_FLAGS } from '../node-flags.mjs';
import { CannotRun } from './cannot-run.mjs';

/** The Node that the project brings, where it was installed with it: the server needs no other. */
const OWN_NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const NODE = existsSync(OWN_NODE) ? OWN_NODE : process.execPath;
const ENTRY = fileURLToPath(new URL('../../dist/apps/api/main.js', import.meta.url));

/** A Tandem of one's own on a free port, with what the environment and the folder configure. What it keeps goes with it. @param interrupt aborted with what is then thrown */
export async function startOwnServer(interrupt) {
  if (!existsSync(ENTRY)) throw new CannotRun('Tandem is not built yet: run "npm run build" first, or name a server that runs with --server.');
  const folder = mkdtempSync(join(tmpdir(), 'tandem-run-'));
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(NODE, [...NODE_FLAGS, ENTRY], {
    env: { ...environment, HOST: '127.0.0.1', PORT: '0', LOG_FORMAT: 'json', DATA_DIR: folder, ACCESS_TOKENS: '', RATE_LIMIT_PER_MINUTE: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (said.length < 100_000) said += text;
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = once(interrupt, 'abort');
  try {
    interrupt.throwIfAborted();
    return { origin: await Promise.race([listening(child), interrupted.then(() => Promise.reject(interrupt.reason))]), stop };
  } catch (error) {
    await stop();
    throw new CannotRun(`Tandem ended before it listened:\n${said}${error.message}`);
  }
}
