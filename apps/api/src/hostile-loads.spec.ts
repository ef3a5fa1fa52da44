import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Checkpoint, CheckpointListBody, ErrorBody, ModelStatus } from '@tandem/shared/contracts';
import {
  containedCheckpoints,
  eventually,
  fatalCheckpoints,
  neighbourCheckpoints,
  noiseModel,
  randomLlama,
  refusedCheckpoints,
  splitGguf,
  until,
} from '@tandem/testing';
import { childrenOf, isAlive } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const REFUSED = { ...refusedCheckpoints(), ...neighbourCheckpoints() };
const TRIED = { ...containedCheckpoints(), ...fatalCheckpoints() };
const PART = 'models--x--y/snapshots/1/noise-00001-of-00002.gguf';
/** Longer than fits unmeasured, so that the vocabulary is read before the weights. */
const LONG_PROMPT = 'word '.repeat(800);

describe('files of every kind that cannot answer, loaded while somebody is being answered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-loads-'));
  let server: RunningServer;
  let engine: number;
  let isOver = false;
  const texts: string[] = [];
  let answering: Promise<void>;

  beforeAll(async () => {
    writeFileSync(join(folder, 'noise.gguf'), noiseModel());
    for (const [name, [bytes]] of Object.entries({ ...REFUSED, ...TRIED })) writeFileSync(join(folder, `${name}.gguf`), bytes);
    mkdirSync(join(folder, 'models--x--y/blobs'), { recursive: true });
    mkdirSync(join(folder, 'models--x--y/snapshots/1'), { recursive: true });
    for (const [index, [name, bytes]] of [...splitGguf(randomLlama(), 'noise', 2)].entries()) {
      writeFileSync(join(folder, `models--x--y/blobs/${index}`), bytes);
      symlinkSync(`../../blobs/${index}`, join(folder, 'models--x--y/snapshots/1', name));
    }
    server = await startServer(folder, { LOG_LEVEL: 'error' });
    await answer();
    [engine] = childrenOf(server.pid) as [number];
    answering = answerOverAndOver();
  });
  afterAll(async () => {
    isOver = true;
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const answer = async () => (await fetch(`${server.origin}/stream?model=noise.gguf&prompt=Go&temperature=0&max_tokens=2000`)).text();

  async function answerOverAndOver(): Promise<void> {
    while (!isOver) texts.push(await answer());
  }

  const at = (name: string) => `${server.origin}/api/models/${encodeURIComponent(name)}`;
  const ask = (model: string, prompt: string) =>
    fetch(`${server.origin}/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, prompt, max_tokens: 2 }),
    });

  async function listed(): Promise<Readonly<Record<string, Checkpoint>>> {
    const { models } = (await (await fetch(`${server.origin}/api/checkpoints`)).json()) as CheckpointListBody;
    return models;
  }

  async function settled(name: string): Promise<ModelStatus> {
    for (;;) {
      const status = (await (await fetch(`${at(name)}/status`)).json()) as ModelStatus;
      if (status.status !== 'loading') return status;
      await delay(20);
    }
  }

  it('are refused untried, with the reason, where their header tells', async () => {
    for (const [name, [, reason]] of Object.entries(REFUSED)) {
      const response = await fetch(`${at(`${name}.gguf`)}/load`, { method: 'POST' });
      const { error } = (await response.json()) as ErrorBody;
      expect({ name, status: response.status, code: error.code }).toEqual({ name, status: 422, code: 'model_invalid' });
      expect(error.message).toMatch(reason);
    }
    const models = await listed();
    for (const [name, [, reason]] of Object.entries(REFUSED))
      expect(models[`${name}.gguf`]).toMatchObject({ loadable: false, reason: expect.stringMatching(reason) });
  });

  it('are refused after they were tried, with the reason, and say so in the list', async () => {
    for (const [name, [, reason]] of Object.entries(TRIED)) {
      const file = `${name}.gguf`;
      expect((await fetch(`${at(file)}/load`, { method: 'POST' })).status).toBe(202);
      expect(await settled(file)).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) });
      expect((await listed())[file]).toMatchObject({ status: 'failed', loadable: false, reason: expect.stringMatching(reason) });
      for (const prompt of ['Hi', LONG_PROMPT]) {
        const response = await ask(file, prompt);
        expect({ name, status: response.status }).toEqual({ name, status: 422 });
      }
      expect((await fetch(`${at(file)}/load`, { method: 'POST' })).status).toBe(422);
    }
  }, 300_000);

  it.each([
    ['whose vocabulary cannot be read', 'unknown-pre-tokenizer', 422],
    ['whose weights cannot be, inside the stream', 'half-turned-heads', 200],
  ])('are refused by the first question just as well: one %s', async (_what, name, status) => {
    await fetch(`${at(`${name}.gguf`)}/unload`, { method: 'POST' });
    const response = await ask(`${name}.gguf`, LONG_PROMPT);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('"code":"model_invalid"');
    expect((await listed())[`${name}.gguf`]).toMatchObject({ status: 'failed', loadable: false });
  });

  it('keep no split checkpoint from loading whose parts are links', async () => {
    expect((await fetch(`${at(PART)}/load`, { method: 'POST' })).status).toBe(202);
    expect(await settled(PART)).toMatchObject({ status: 'loaded' });
  });

  it('change nothing for who was being answered, and end no engine but their own', async () => {
    await until(() => texts.length > 2);
    isOver = true;
    await answering;
    for (const text of texts) expect(text).toContain('"finish_reason":"length"');
    expect(new Set(texts.map(tokensOf)).size).toBe(1);
    expect(isAlive(engine)).toBe(true);
    await eventually(() => expect(childrenOf(server.pid)).toEqual([engine]));
  });
});

function tokensOf(body: string): string {
  return [...body.matchAll(/"token":"((?:[^"\\]|\\.)*)"/g)].map(([, token]) => token).join('');
}
