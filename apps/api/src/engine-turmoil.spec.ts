import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { noiseModel, until } from '@tandem/testing';
import { childrenOf, isAlive, residentMb } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const MODEL = 'noise.gguf';
/** A hung engine is given eight seconds: few of those, to keep the test short. */
const ROUNDS = { cancel: 6, unload: 6, SIGKILL: 5, SIGSTOP: 3 } as const;
const LATEST_MOMENT_MS = 250;
const SEED = 20_261_121;

type Action = keyof typeof ROUNDS;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

describe('an engine in turmoil', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-turmoil-'));
  let server: RunningServer;

  beforeAll(async () => {
    writeFileSync(join(folder, MODEL), noiseModel());
    server = await startServer(folder, { LOG_LEVEL: 'error' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const engine = () => childrenOf(server.pid)[0] ?? 0;

  const ask = (max_tokens: number, signal: AbortSignal | null = null) =>
    fetch(`${server.origin}/stream?model=${MODEL}&prompt=Go&temperature=0&max_tokens=${max_tokens}`, { signal }).then((response) => response.text());

  async function unload(): Promise<void> {
    const response = await fetch(`${server.origin}/api/models/${MODEL}/unload?force=true`, { method: 'POST' });
    expect(response.status).toBe(200);
  }

  async function disturb(action: Action, moment: number): Promise<void> {
    const leave = new AbortController();
    const running = ask(3_900, leave.signal).catch(() => '');
    await delay(moment);
    if (action === 'cancel') leave.abort();
    else if (action === 'unload') await unload();
    else if (engine() > 0) process.kill(engine(), action);
    // Whatever happened, every stream has its one end.
    const text = await running;
    if (text.startsWith('\n') || text.startsWith(':')) expect(text.match(/"done":true/g)).toHaveLength(1);
  }

  /** Asks again and again until an answer is complete. */
  async function untilItWorks(): Promise<void> {
    await until(async () => (await ask(3)).includes('"finish_reason":"length"'));
  }

  it('answers again after each of twenty rounds, with no process left over and its memory given back', async () => {
    const next = random(SEED);
    const rounds = Object.entries(ROUNDS).flatMap(([action, count]) => Array.from({ length: count }, () => action as Action));
    const started = new Set<number>();
    // Once everything that is only made once has been made.
    for (let time = 0; time < 3; time += 1) await ask(3_900);
    await unload();
    const before = { engine: residentMb(engine()), server: residentMb(server.pid) };
    for (const action of shuffled(rounds, next)) {
      for (const pid of [engine(), ...childrenOf(engine())]) started.add(pid);
      await disturb(action, next() * LATEST_MOMENT_MS);
      await untilItWorks();
    }
    await unload();
    const after = { engine: residentMb(engine()), server: residentMb(server.pid) };
    const present = [engine(), ...childrenOf(engine())];
    const isLeft = () => [...started].filter((pid) => !present.includes(pid)).some(isAlive);
    while (isLeft()) await delay(20);
    expect(childrenOf(server.pid)).toHaveLength(1);
    expect(after.engine + after.server).toBeLessThan(1.1 * (before.engine + before.server));
  }, 600_000);

  it('leaves no engine behind when the server stops', async () => {
    const last = [engine(), ...childrenOf(engine())];
    await server.stop();
    while (last.some(isAlive)) await delay(20);
  });
});
