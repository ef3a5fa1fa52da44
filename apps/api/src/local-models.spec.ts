import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointEvent, ErrorBody, HealthReport, MemoryBody, ModelStatus, StreamFrame } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { ggufBytes, noiseModel, slowLlama } from '@tandem/testing';
import { childrenOf } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const DEMO = 'sft/demo.gguf';
const SLOW = 'slow.gguf';
const CONFIG = {
  baseline_models: [{ id: 'far', name: 'Far', endpoint: 'localhost:9' }],
  twodelta_models: [{ id: 'near', name: 'Near', endpoint: `local:${DEMO}` }],
};

describe('local models over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-local-'));
  let server: RunningServer;

  beforeAll(async () => {
    mkdirSync(join(folder, 'sft'));
    writeFileSync(join(folder, DEMO), noiseModel());
    writeFileSync(join(folder, SLOW), ggufBytes(slowLlama()));
    writeFileSync(join(folder, 'broken.gguf'), 'GGUF');
    writeFileSync(join(folder, 'weights.safetensors'), 'x');
    writeFileSync(join(folder, 'config.json'), JSON.stringify(CONFIG));
    server = await startServer(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => Promise.all([DEMO, SLOW].map((name) => ask('POST', `${name}/unload?force=true`))));

  async function ask(method: string, path: string): Promise<{ status: number; body: Record<string, unknown> & { error?: ErrorBody['error'] } }> {
    const response = await fetch(`${server.origin}/api/models/${path}`, { method });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function until(status: ModelStatus['status']): Promise<ModelStatus> {
    for (;;) {
      const { body } = await ask('GET', `${DEMO}/status`);
      if (body['status'] === status) return body as unknown as ModelStatus;
    }
  }

  /** Events of a stream of ours, one by one. */
  async function follow(path: string, body?: object) {
    const init = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(server.origin + path, init);
    const events = readEvents(response.body!);
    return {
      next: async <Event>() => JSON.parse((await events.next()).value?.data ?? 'null') as Event,
      leave: () => events.return(),
    };
  }

  it.each([DEMO, encodeURIComponent(DEMO), 'near', 'Near', encodeURIComponent(`local:${DEMO}`)])('are known as %s', async (name) => {
    expect(await ask('GET', `${name}/status`)).toEqual({
      status: 200,
      body: { name: DEMO, status: 'unloaded', loaded: false, progress: 0, error: null, memory_mb: null, active_generations: 0, last_used: null },
    });
  });

  it('load after the answer, once however often they are asked to, and give their memory back', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => ask('POST', `${DEMO}/load`)));
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 202, body: { success: true, message: expect.stringContaining(DEMO) } });
    expect(await until('loaded')).toMatchObject({ loaded: true, progress: 1, memory_mb: expect.any(Number) });
    const memory = (await (await fetch(`${server.origin}/api/memory`)).json()) as MemoryBody;
    expect(memory).toMatchObject({ status: 'success', models: [{ name: DEMO, memory_mb: expect.any(Number) }] });
    expect(memory.total_mb).toBeGreaterThan(memory.available_mb);
    for (let time = 0; time < 2; time += 1) {
      expect(await ask('POST', `${encodeURIComponent(DEMO)}/unload`)).toEqual({
        status: 200,
        body: { success: true, message: 'Model sft/demo.gguf unloaded' },
      });
    }
    expect(await until('unloaded')).toMatchObject({ memory_mb: null });
  });

  it('stop loading when they are told to, and say so when it is too late', async () => {
    // it would be loaded before anybody could stop that
    const engines = childrenOf(server.pid);
    for (const engine of engines) process.kill(engine, 'SIGSTOP');
    await ask('POST', `${DEMO}/load`);
    const stopped = ask('DELETE', `${DEMO}/load`);
    await until('unloading');
    for (const engine of engines) process.kill(engine, 'SIGCONT');
    expect((await stopped).status).toBe(200);
    expect((await ask('DELETE', `${DEMO}/load`)).status).toBe(200);
    await ask('POST', `${DEMO}/load`);
    await until('loaded');
    expect(await ask('DELETE', `${DEMO}/load`)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  it('are not unloaded while they answer, except by force, which the stream is told', async () => {
    const { next } = await follow('/api/generate', { model: SLOW, message: 'Go', max_new_tokens: 3_900, do_sample: false });
    let frame = await next<StreamFrame>();
    while (frame.token === '') frame = await next<StreamFrame>();
    expect(await ask('GET', `${SLOW}/status`)).toMatchObject({ body: { active_generations: 1, last_used: expect.any(String) } });
    expect(await ask('POST', `${SLOW}/unload`)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    expect(await ask('POST', `${SLOW}/unload?force=true`)).toMatchObject({ status: 200 });
    while (!frame.done) frame = await next<StreamFrame>();
    expect(frame).toMatchObject({ done: true, error: { code: 'model_unloaded' } });
  });

  it.each([
    ['POST', 'broken.gguf/load', 422, 'model_invalid', /only 4 bytes/],
    ['POST', 'weights.safetensors/load', 422, 'model_invalid', /only 1 bytes long/],
    ['POST', 'nothing.gguf/load', 404, 'model_not_found', /Known models/],
    ['GET', '..%2f..%2fetc%2fpasswd/status', 404, 'model_not_found', /Known models/],
    ['POST', 'far/load', 409, 'conflict', /runs elsewhere/],
    ['DELETE', 'far/load', 409, 'conflict', /runs elsewhere/],
    ['POST', 'far/unload', 409, 'conflict', /runs elsewhere/],
    ['GET', 'far/status', 409, 'conflict', /runs elsewhere/],
    ['POST', 'near/unload?force=1', 400, 'invalid_request', /true or false/],
    ['POST', 'near/unload?now=true', 400, 'unknown_field', /now/],
  ])('answer %s %s with %d', async (method, path, status, code, message) => {
    expect(await ask(method, path)).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(message) } } });
  });

  it('tell everyone who watches what is going on with them', async () => {
    const early = await follow('/api/checkpoints/stream');
    await ask('POST', 'near/load');
    const seen: ModelStatus[] = [];
    while (seen.at(-1)?.status !== 'loaded') {
      const event = await early.next<CheckpointEvent>();
      if (event.type === 'status' && event.status.name === DEMO) seen.push(event.status);
    }
    expect(seen[0]).toMatchObject({ status: 'loading', progress: 0 });
    expect(new Set(seen.map(({ status, progress }) => `${status} ${progress}`)).size).toBe(seen.length);
    const late = await follow('/api/checkpoints/stream');
    expect(await late.next<CheckpointEvent>()).toMatchObject({ type: 'status', status: { name: DEMO, status: 'loaded' } });
    await Promise.all([early.leave(), late.leave()]);
  });

  it('are reported as loaded by their health at once', async () => {
    const { next, leave } = await follow('/api/health/stream');
    await ask('POST', `${DEMO}/load`);
    const seen: string[] = [];
    while (seen.at(-1) !== 'Loaded.') {
      const report = await next<HealthReport>();
      if (report.model === 'near') seen.push(report.detail);
    }
    expect(seen.length).toBeGreaterThan(1);
    await leave();
  });

  it('forget a conversation', async () => {
    const clear = (body?: object) =>
      fetch(
        `${server.origin}/api/chat/clear`,
        body === undefined ? { method: 'POST' } : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
      );
    for (const body of [undefined, {}, { conversation_id: 'c1' }, { conversation_id: null }]) {
      expect(await (await clear(body)).json()).toEqual({ success: true, message: 'Chat history cleared' });
    }
    for (const id of ['', 'x'.repeat(129), 7]) expect((await clear({ conversation_id: id })).status).toBe(400);
  });
});
