import { spawnSync } from 'node:child_process';
import { PYTHON, startPython } from './start-python';

export interface FastApiOptions {
  /** The model it lists. Default `echo`. */
  readonly model?: string;
  /** How fast it answers; 0, the default, is as fast as it goes. */
  readonly tokensPerSecond?: number;
  /** The key that it asks for. Default none. */
  readonly key?: string;
  /** How it takes a prompt and answers. Default `openai`; the others have one route, `/generate`. */
  readonly shape?: 'openai' | 'text' | 'sse-text' | 'sse-json' | 'lines' | 'json';
  /** Whether it refuses every field that it does not know. Not for `openai`. */
  readonly isStrict?: boolean;
  /** After how many tokens it fails. Default never; not for `openai`. */
  readonly breakAfter?: number;
}

export interface FastApiWork {
  readonly active: number;
  readonly finished: number;
  readonly cancelled: number;
}

export interface FastApi {
  readonly url: URL;
  readonly port: number;
  /** What was asked of it so far. */
  work(): Promise<FastApiWork>;
  /** Resolves once that many answers in all were cancelled. */
  untilCancelled(count: number): Promise<FastApiWork>;
  close(): Promise<void>;
}

/** Whether FastAPI can be started here. */
export function hasFastApi(): boolean {
  return spawnSync(PYTHON, ['-c', 'import fastapi, uvicorn']).status === 0;
}

/**
 * Starts a real FastAPI server under uvicorn that echoes the last user message, one word a token. Owns its process,
 * which also ends when this one does.
 */
export async function startFastApi({
  model = 'echo',
  tokensPerSecond = 0,
  key = '',
  shape = 'openai',
  isStrict = false,
  breakAfter = -1,
}: FastApiOptions = {}): Promise<FastApi> {
  const flags = ['--model', model, '--tokens-per-second', String(tokensPerSecond), '--key', key];
  flags.push('--shape', shape, '--break-after', String(breakAfter), ...(isStrict ? ['--strict'] : []));
  // a failure on purpose is no news
  const { port, close } = await startPython('server.py', flags, { isQuiet: breakAfter >= 0 });
  const url = new URL(`http://127.0.0.1:${port}/`);
  const work = async (cancelled: number) => (await (await fetch(new URL(`/work?cancelled=${cancelled}`, url))).json()) as FastApiWork;
  return {
    url,
    port,
    work: () => work(0),
    untilCancelled: work,
    close,
  };
}

/**
 * `describe` for tests that need FastAPI. They are left out where it is not installed, with a line that says so; where
 * CI is `true` they must run.
 */
export function describeWithFastApi(name: string, tests: () => void): void {
  if (hasFastApi() || process.env['CI'] === 'true') describe(name, tests);
  else describe.skip(`${name} (left out: apt-get install python3-fastapi python3-uvicorn)`, tests);
}
