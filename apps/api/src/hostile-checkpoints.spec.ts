import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamFrame } from '@tandem/shared/contracts';
import { CHECKPOINT_FIXTURES_FOLDER, hostileCheckpoints, writeLargeCheckpoint } from '@tandem/testing';
import { localModelsOf, textOf } from './testing/local-models';
import { type RunningServer, startServer } from './testing/start-server';
import { startTalkingServer, type TalkingServer } from './testing/talking-server';

const STREAMS = 20;

describe('checkpoints of other formats beside streams', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-hostile-own-'));
  const outside = mkdtempSync(join(tmpdir(), 'tandem-outside-'));
  const checkpoints = join(folder, 'checkpoints');
  const marker = join(folder, 'ran');
  const hostile = hostileCheckpoints(marker);
  let upstream: TalkingServer;
  let server: RunningServer;
  let pid: number;
  let answers: Promise<{ prompt: string; text: string; end: StreamFrame | undefined }[]>;
  const { known, list, reach, act } = localModelsOf(() => server.origin);

  beforeAll(async () => {
    mkdirSync(checkpoints);
    upstream = await startTalkingServer();
    const config = {
      baseline_models: [{ id: 'far', name: 'Far', endpoint: `127.0.0.1:${upstream.port}`, protocol: 'openai-chat', model: 'm' }],
      twodelta_models: [],
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    server = await startServer(folder, { CHECKPOINTS_DIR: checkpoints });
    ({ pid } = server);
    answers = Promise.all(Array.from({ length: STREAMS }, (_, index) => answer(`stream ${index}`)));
    while (upstream.said.size < STREAMS) await delay(10);
  });
  afterAll(async () => {
    upstream.finish();
    await server.stop();
    await upstream.close();
    for (const path of [folder, outside]) rmSync(path, { recursive: true });
  });

  async function answer(prompt: string) {
    const response = await fetch(`${server.origin}/stream?model=far&prompt=${encodeURIComponent(prompt)}`);
    const frames = [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
    return { prompt, text: textOf(frames), end: frames.at(-1) };
  }

  it.each(Object.entries(hostile))(
    '%s is refused before the time of its reader is over, with one sentence, and runs nothing',
    async (name, [bytes, reason]) => {
      writeFileSync(join(checkpoints, `warm-${name}`), bytes);
      await known(`warm-${name}`);
      writeFileSync(join(checkpoints, name), bytes);
      const refused = await known(name);
      expect(refused).toMatchObject({ loadable: false, reason: expect.stringMatching(reason), converted: null });
      expect(refused.reason).not.toMatch(/\n|\/tmp\/|at .*:\d+:\d+|took longer/);
      expect(await act('POST', name, 'load')).toMatchObject({ status: 422, error: { code: 'model_invalid', message: refused.reason, retryable: false } });
      expect(existsSync(marker)).toBe(false);
    },
  );

  it('a folder whose weights lie outside is refused, and what is no file is not listed', async () => {
    writeFileSync(join(outside, 'model.safetensors'), 'secret');
    cpSync(join(CHECKPOINT_FIXTURES_FOLDER, 'hf-llama'), join(checkpoints, 'escapes'), { recursive: true });
    rmSync(join(checkpoints, 'escapes/model-00002-of-00002.safetensors'));
    symlinkSync(join(outside, 'model.safetensors'), join(checkpoints, 'escapes/model-00002-of-00002.safetensors'));
    cpSync(join(CHECKPOINT_FIXTURES_FOLDER, 'hf-llama'), join(checkpoints, 'climbs'), { recursive: true });
    const index = join(checkpoints, 'climbs/model.safetensors.index.json');
    writeFileSync(index, readFileSync(index, 'utf8').replaceAll('model-00002', '../../outside-00002'));
    execFileSync('mkfifo', [join(checkpoints, 'pipe.pt')]);
    symlinkSync('/dev/zero', join(checkpoints, 'device.pt'));
    for (const name of ['escapes', 'climbs']) expect(await known(name)).toMatchObject({ loadable: false, reason: expect.any(String) });
    for (const name of ['pipe.pt', 'device.pt']) expect(await list()).not.toHaveProperty([name]);
  });

  it('weights that are no numbers are refused when they are converted', async () => {
    cpSync(join(CHECKPOINT_FIXTURES_FOLDER, 'hf-qwen3'), join(checkpoints, 'nan'), { recursive: true });
    const path = join(checkpoints, 'nan/model.safetensors');
    const bytes = readFileSync(path);
    bytes.writeFloatLE(NaN, bytes.length - 64);
    writeFileSync(path, bytes);
    await known('nan', ({ loadable }) => loadable);
    expect((await act('POST', 'nan', 'load')).status).toBe(202);
    expect((await reach('nan', 'failed')).at(-1)?.error).toMatch(/not a finite number/);
    expect(await act('POST', 'nan', 'load')).toMatchObject({ status: 422, error: { code: 'model_invalid' } });
  });

  it('a conversion takes nothing from anybody else', async () => {
    writeLargeCheckpoint(join(checkpoints, 'large'), 2);
    await known('large', ({ loadable }) => loadable);
    expect((await act('POST', 'large', 'load')).status).toBe(202);
    await reach('large', 'loaded');
    upstream.finish();
    for (const { prompt, text, end } of await answers) {
      expect(text).toBe(upstream.said.get(prompt));
      expect(end).toMatchObject({ done: true, finish_reason: 'stop' });
    }
    expect(server.pid).toBe(pid);
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    expect(existsSync(marker)).toBe(false);
  });
});
