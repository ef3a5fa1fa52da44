import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '../../../../dist/apps/api/main.js');

/** What a process that tests start keeps of the environment. */
const KEPT = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };

/** For a server that is to leave nothing behind in its folder. */
export const KEEPS_NOTHING = { DATA_DIR: '/dev/null' };

export interface RunningServer {
  readonly origin: string;
  readonly pid: number;
  /** Everything it printed so far. */
  readonly log: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals | null>;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** The built server on a free port, with nothing but this environment; `folder` is where it looks for its files. */
export async function startServer(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const child = spawn(process.execPath, [ENTRY], {
    cwd: folder,
    env: { ...KEPT, HOST: '127.0.0.1', PORT: '0', LOG_FORMAT: 'json', CHECKPOINTS_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? null);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, address] = /Tandem is listening on (http:\/\/[^\s"]+)/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The server ended before it listened:\n${printed}`)));
  });
  return {
    origin,
    pid: child.pid ?? 0,
    log: () => printed,
    exit,
    signal: (name) => void child.kill(name),
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
