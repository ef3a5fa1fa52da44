import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckpointListBody, ErrorBody, ModelStatus, StreamFrame } from '@tandem/shared/contracts';
import {
  containedCheckpoints,
  eventually,
  fatalCheckpoints,
  ggufBytes,
  neighbourCheckpoints,
  noiseModel,
  refusedCheckpoints,
  tinyMetadata,
  tinyTensors,
} from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';
import { startTalkingServer, type TalkingServer } from './testing/talking-server';

const REFUSED = { ...refusedCheckpoints(), ...neighbourCheckpoints() };
const STREAMS = 20;
const ODD_NAMES = ['with space.gguf', `quo'te".gguf`, '😀.gguf', '%2e%2e.gguf', 'line\nbreak.gguf', 'CAPITAL.GGUF', 'capital.GGUF', `${'x'.repeat(250)}.gguf`];

describe('files of every hostile kind, dropped into the folder of a running server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-hostile-'));
  const outside = mkdtempSync(join(tmpdir(), 'tandem-outside-'));
  const checkpoints = join(folder, 'checkpoints');
  let upstream: TalkingServer;
  let server: RunningServer;
  let pid: number;
  let answers: Promise<{ prompt: string; text: string; end: StreamFrame | undefined }[]>;
  const socket = createServer();

  beforeAll(async () => {
    mkdirSync(checkpoints);
    upstream = await startTalkingServer();
    const config = {
      baseline_models: [{ id: 'far', name: 'Far', endpoint: `127.0.0.1:${upstream.port}`, protocol: 'openai-chat', model: 'm' }],
      twodelta_models: [],
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    writeFileSync(join(outside, 'secret.gguf'), noiseModel());
    server = await startServer(folder, { CHECKPOINTS_DIR: checkpoints });
    ({ pid } = server);
    answers = Promise.all(Array.from({ length: STREAMS }, (_, index) => answer(`stream ${index}`)));
    while (upstream.said.size < STREAMS) await delay(10);
    drop();
  });
  afterAll(async () => {
    upstream.finish();
    await server.stop();
    await upstream.close();
    socket.close();
    for (const path of [folder, outside]) rmSync(path, { recursive: true });
  });

  async function answer(prompt: string) {
    const response = await fetch(`${server.origin}/stream?model=far&prompt=${encodeURIComponent(prompt)}`);
    const frames = [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
    return { prompt, text: frames.map(({ token }) => token).join(''), end: frames.at(-1) };
  }

  function drop(): void {
    const at = (name: string) => join(checkpoints, name);
    for (const [name, [bytes]] of Object.entries({ ...REFUSED, ...containedCheckpoints(), ...fatalCheckpoints() })) writeFileSync(at(`${name}.gguf`), bytes);
    for (const name of ODD_NAMES) writeFileSync(at(name), noiseModel());
    writeFileSync(at('split-00001-of-00003.gguf'), noiseModel());
    writeFileSync(at('split-00003-of-00003.gguf'), noiseModel());
    writeFileSync(
      at('huge.gguf'),
      ggufBytes({ metadata: tinyMetadata(), tensors: [...tinyTensors(), { name: 'huge', dimensions: [2 ** 18, 2 ** 18], data: Buffer.alloc(0) }] }),
    );
    truncateSync(at('huge.gguf'), statSync(at('huge.gguf')).size + 2 ** 38);
    mkdirSync(at('folder.gguf'));
    execFileSync('mkfifo', [at('pipe.gguf')]);
    socket.listen(at('socket.gguf'));
    symlinkSync(join(outside, 'secret.gguf'), at('escape.gguf'));
    symlinkSync(outside, at('escape'));
    symlinkSync('nowhere', at('broken-link.gguf'));
    symlinkSync('/dev/zero', at('device.gguf'));
    linkSync(at('wrong-magic.gguf'), at('hard-link.gguf'));
  }

  const get = async <Body>(path: string) => (await (await fetch(server.origin + path)).json()) as Body;

  /** Why a load is refused, at once or after it was tried. */
  async function refusalOf(name: string): Promise<string | null> {
    const at = `/api/models/${encodeURIComponent(name)}`;
    const response = await fetch(`${server.origin}${at}/load`, { method: 'POST' });
    if (response.status !== 202) return ((await response.json()) as ErrorBody).error.message;
    for (;;) {
      const { status, error } = await get<ModelStatus>(`${at}/status`);
      if (status === 'failed') return error;
      if (status === 'loaded') return null;
    }
  }

  it('are listed with their reason, where a look at them shows it, and what is no file of the folder is not', async () => {
    await eventually(async () => {
      const { models } = await get<CheckpointListBody>('/api/checkpoints');
      for (const [name, [, reason]] of Object.entries(REFUSED)) {
        expect(models[`${name}.gguf`]).toMatchObject({ loadable: false, reason: expect.stringMatching(reason) });
      }
      expect(models['split-00001-of-00003.gguf']).toMatchObject({ loadable: false, reason: expect.stringMatching(/Part 2 of 3 is missing/) });
      expect(models['hard-link.gguf']).toMatchObject({ loadable: false });
      for (const name of ODD_NAMES) expect(models[name]).toMatchObject({ name, loadable: true, architecture: 'llama' });
      for (const name of ['folder', 'pipe', 'socket', 'escape', 'broken-link', 'device']) expect(models).not.toHaveProperty([`${name}.gguf`]);
    });
  });

  it('are refused with their reason when they are loaded, also those that kill the engine', async () => {
    for (const [name, [, reason]] of Object.entries({ ...containedCheckpoints(), ...fatalCheckpoints() })) {
      expect(await refusalOf(`${name}.gguf`)).toMatch(reason);
    }
    expect(await refusalOf('huge.gguf')).toMatch(/needs about \d{6,} MB/);
    for (const name of ['empty.gguf', 'pipe.gguf', 'escape/secret.gguf']) expect(await refusalOf(name)).not.toBeNull();
  }, 300_000);

  it('keep none with an odd name from answering', async () => {
    for (const model of ODD_NAMES) {
      const response = await fetch(`${server.origin}/stream?temperature=0&max_tokens=2&prompt=Hi&model=${encodeURIComponent(model)}`);
      expect(await response.text()).toContain('"finish_reason":"length"');
    }
    // each is tried out in a process of its own first
  });

  it('change nothing for anybody else', async () => {
    upstream.finish();
    const { said } = upstream;
    for (const { prompt, text, end } of await answers) {
      expect(text).toBe(said.get(prompt));
      expect(end).toMatchObject({ done: true, finish_reason: 'stop' });
    }
    expect(said.size).toBe(STREAMS);
    expect(server.pid).toBe(pid);
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  });
});
