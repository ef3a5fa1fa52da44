import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As long as tests wait; whoever starts it before the tests knows nothing of theirs. */
const START_MS = 60_000;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface RunningApp {
  /** The page's origin, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
  /** Ends it without a word, as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts the built server, page included, as `npm start` would, on a free port or the one given. What it keeps is in a folder of its own,
 * unless that is said: only one server can hold a folder. Owns the process; `close()` ends it, and the engine process with it.
 */
export async function startApp(environment: Readonly<Record<string, string>> = {}, port = 0): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-app-'));
  const child = spawn(process.execPath, ['dist/apps/api/main.js'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await untilListening(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(impatience);
    await rm(folder, { recursive: true, force: true });
  };
  return { url, close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Gives the address that it prints: the system has chosen a free port. */
function untilListening({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const give = (reason: string): void => reject(new Error(`The server ${reason}:\n${printed}`));
    const timer = setTimeout(() => give(`did not listen within ${START_MS} ms`), START_MS);
    const read = (piece: unknown): void => {
      printed += String(piece);
      const [, url] = /Tandem is listening on (http:\/\/[^\s"]+) /.exec(printed) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    stdout?.on('data', read);
    stderr?.on('data', read);
    stdout?.on('end', () => give('ended before it listened'));
  });
}
