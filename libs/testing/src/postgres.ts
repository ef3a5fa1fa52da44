import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';

/** Debian's PostgreSQL, whatever its version. */
const ROOT = '/usr/lib/postgresql';
const DATABASE = 'tandem';

export interface Postgres {
  /** Of a database that is empty at first. */
  readonly url: string;
  /** Ends the server at once, as a crash does. */
  crash(): Promise<void>;
  /** Starts it again at the same address, with what it had. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Whether PostgreSQL can be started here. */
export function hasPostgres(): boolean {
  return binaries() !== undefined;
}

/** Where it cannot be started, the set-up of the tests says so and how to change that. */
export const describeWithPostgres: typeof describe.skip = hasPostgres() || process.env['CI'] === 'true' ? describe : describe.skip;

function binaries(): string | undefined {
  if (!existsSync(ROOT)) return undefined;
  return readdirSync(ROOT)
    .map((version) => join(ROOT, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** Starts a real PostgreSQL on a free port of this machine, in a folder of its own. It refuses to run as root, so root runs it as `postgres`. */
export async function startPostgres(): Promise<Postgres> {
  const bin = binaries();
  if (bin === undefined) throw new Error('PostgreSQL is not there: apt-get install postgresql');
  const who = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (who) chownSync(folder, who.uid, who.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' }, ...who };
  execFileSync(join(bin, 'initdb'), ['--pgdata', data, '--username=tandem', '--auth=trust', '--encoding=UTF8', '--no-sync'], { ...options, stdio: 'pipe' });
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'log_min_messages=panic'];
  const start = async () => {
    const child = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
    const gone = once(child, 'exit');
    while (child.exitCode === null && !isReady(bin, port)) await new Promise((resolve) => setImmediate(resolve));
    return { child, gone };
  };
  let running = await start();
  const stop = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    running.child.kill(signal);
    await running.gone;
  };
  execFileSync(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'tandem', DATABASE], { ...options, stdio: 'pipe' });
  return {
    url: `postgresql://tandem@127.0.0.1:${port}/${DATABASE}`,
    crash: () => stop('SIGQUIT'),
    restart: async () => void (running = await start()),
    close: async () => {
      await stop('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('/usr/bin/id', [which, 'postgres'], { encoding: 'utf8' }));
}

function isReady(bin: string, port: number): boolean {
  try {
    execFileSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'tandem', '-d', 'postgres']);
    return true;
  } catch {
    return false;
  }
}
