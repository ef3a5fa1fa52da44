import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointListBody, HealthReport, ModelBody, ModelStatus, StreamFrame } from '@tandem/shared/contracts';
import { eventually, ggufBytes, noiseModel, randomLora } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const BASE = 'pretrain/x.gguf';
const delta = (id: string, file: string, scale?: number) => ({
  id,
  name: id,
  endpoint: `local:${BASE}`,
  adapter: scale === undefined ? { file } : { file, scale },
});

describe('a configured adapter over a checkpoint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-adapters-'));
  let server: RunningServer;

  beforeAll(async () => {
    for (const name of ['pretrain', 'deltas']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, BASE), noiseModel());
    writeFileSync(join(folder, 'deltas/y.gguf'), ggufBytes(randomLora()));
    writeFileSync(join(folder, 'deltas/foreign.gguf'), ggufBytes(randomLora('gemma')));
    writeFileSync(join(folder, 'deltas/half.gguf'), ggufBytes(randomLora()).subarray(0, 2_000));
    const config = {
      baseline_models: [{ id: 'x', name: 'X', endpoint: `local:${BASE}` }],
      twodelta_models: [
        delta('tuned', 'deltas/y.gguf'),
        delta('half-tuned', 'deltas/y.gguf', 0.5),
        delta('untuned', 'deltas/y.gguf', 0),
        delta('missing', 'deltas/../../secret.gguf'),
        delta('foreign', 'deltas/foreign.gguf'),
        delta('broken', 'deltas/half.gguf'),
        delta('whole', BASE),
        delta('overdone', 'deltas/y.gguf', 1e30),
      ],
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    server = await startServer(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const get = async <Body>(path: string) => (await (await fetch(server.origin + path)).json()) as Body;
  const post = async (path: string) => {
    const response = await fetch(`${server.origin}/api/models/${path}`, { method: 'POST' });
    return { status: response.status, body: (await response.json()) as object };
  };
  const statusOf = (id: string) => get<ModelStatus>(`/api/models/${id}/status`);
  async function load(id: string): Promise<void> {
    expect((await post(`${id}/load`)).status).toBe(202);
    while (!(await statusOf(id)).loaded) expect((await statusOf(id)).status).not.toBe('failed');
  }

  async function ask(model: string): Promise<StreamFrame[]> {
    const response = await fetch(`${server.origin}/stream?model=${model}&prompt=Go&temperature=0&max_tokens=30`);
    return [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
  }

  it('is loaded, asked and unloaded under its own id', async () => {
    await load('tuned');
    expect(await statusOf('tuned')).toMatchObject({ name: 'tuned', status: 'loaded' });
    expect(await statusOf('half-tuned')).toMatchObject({ name: 'half-tuned', status: 'unloaded' });
    expect(await statusOf('x')).toMatchObject({ name: BASE, status: 'unloaded' });
    const answer = await fetch(`${server.origin}/stream?model=tuned&prompt=Hi&temperature=0&max_tokens=3`);
    expect(await answer.text()).toContain('"finish_reason":"length"');
    expect(await post('tuned/unload')).toEqual({ status: 200, body: { success: true, message: 'Model tuned unloaded' } });
    expect((await statusOf('tuned')).status).toBe('unloaded');
  });

  it('answers other than its checkpoint, and like it at scale 0', async () => {
    const say = async (model: string) => (await ask(model)).map(({ token }) => token).join('');
    const [base, tuned, untuned] = [await say('x'), await say('tuned'), await say('untuned')];
    expect(untuned).toBe(base);
    expect(tuned).not.toBe(base);
  });

  it('goes when its checkpoint is unloaded: the weights are one', async () => {
    await load('tuned');
    await load('x');
    expect(await post(`${BASE}/unload`)).toMatchObject({ status: 200 });
    expect((await statusOf('tuned')).status).toBe('unloaded');
  });

  it.each([
    ['missing', /no adapter .*secret\.gguf.* in the checkpoints folder/],
    ['foreign', /is for gemma models.*llama model/],
    ['broken', /deltas\/half\.gguf cannot be used.*not copied completely/],
    ['whole', /no adapter but a whole model/],
  ])('is refused when it is %s, and its health says why', async (id, reason) => {
    expect(await post(`${id}/load`)).toMatchObject({ status: 422, body: { error: { code: 'model_invalid', message: expect.stringMatching(reason) } } });
    expect(await get<HealthReport>(`/health-check?model=${id}`)).toMatchObject({ status: 'unhealthy', detail: expect.stringMatching(reason) });
  });

  it('fails with the reason at a scale at which nothing is a number, and leaves the same files at another alone', async () => {
    const reason = { code: 'model_invalid', message: expect.stringContaining('not a number (NaN)'), retryable: false };
    await load('tuned');
    expect((await ask('overdone')).at(-1)).toMatchObject({ done: true, error: reason });
    expect(await statusOf('overdone')).toMatchObject({ status: 'failed', error: reason.message });
    for (const [baseline, derivative] of [
      ['x', 'overdone'],
      ['overdone', 'x'],
    ]) {
      const response = await fetch(`${server.origin}/api/divergences`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ baseline, derivative, text: 'The river was old.' }),
      });
      expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 422, body: { error: reason } });
    }
    expect(await statusOf('tuned')).toMatchObject({ status: 'loaded' });
    expect((await ask('tuned')).at(-1)).toMatchObject({ done: true, finish_reason: 'length' });
  });

  it('shows the facts of its base, and its file is listed with how to use it', async () => {
    expect((await get<ModelBody>('/api/models/tuned')).model).toMatchObject({ context_length: 4096, type: 'Pretrained', endpoint: `local:${BASE}` });
    expect((await get<HealthReport>('/health-check?model=half-tuned')).identity).toMatchObject({
      model: 'deltas/y.gguf at scale 0.5',
      base: expect.stringContaining(BASE),
    });
    await eventually(async () => {
      const { models } = await get<CheckpointListBody>('/api/checkpoints');
      expect(models['deltas/y.gguf']).toMatchObject({ loadable: false, reason: expect.stringContaining('LoRA adapter'), architecture: 'llama' });
    });
    expect(await post('deltas/y.gguf/load')).toMatchObject({ status: 422, body: { error: { message: expect.stringContaining('LoRA adapter') } } });
  });
});
