import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ConfigStore, ENVIRONMENT, parseEnvironment } from '@tandem/api/config';
import { furnishHttp, HttpModule, Readiness } from '@tandem/api/http';
import { ImportModule } from '@tandem/api/import';
import { InferenceModule, LocalRuntime } from '@tandem/api/inference';
import type { CheckpointEvent, CheckpointListBody, ModelListBody } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { closeAfterEach } from '@tandem/testing';
import { ModelsModule } from './models.module';

const LOCAL = 'sft/tandem-tiny-chat.gguf';
const MODELS = [
  { name: 'Base', id: 'base', endpoint: 'models.example:8000' },
  { name: 'Adapted', id: 'adapted', endpoint: `local:${LOCAL}`, adapter: { file: 'sft/lora.gguf' } },
];

/** Stands where the engine does, in a process of its own, and says what that says; it answers a load once it is told to forget. */
const ENGINE = `
const facts = { kind: 'model', architecture: 'llama', quantization: 'Q8_0', parameters: 3e6, contextLength: 1024, chatTemplate: true,
  title: null, description: null, finetune: null, stopStrings: [], memoryEstimateBytes: 31 * 2 ** 20 };
const ends = { load: { type: 'loaded', memoryBytes: 29.4 * 2 ** 20, weightBytes: 2 ** 20, contextLength: 1024, sequences: 4 },
  inspect: { type: 'facts', facts }, unload: { type: 'unloaded' }, forget: { type: 'forgotten' } };
const say = (message) => process.send([message]);
let held = [];
process.on('message', ({ type, id }) => {
  if (type === 'shutdown') process.exit(0);
  if (type === 'cancel') say({ type: 'fault', id, fault: { code: 'model_unloaded', message: 'Cancelled.', retryable: true } });
  else if (type === 'load') { say({ type: 'loading', id, progress: 0.42 }); held.push(id); }
  else if (ends[type]) say({ ...ends[type], id });
  if (type === 'forget') for (const id of held.splice(0)) say({ ...ends.load, id });
});
setInterval(() => say({ type: 'alive' }), 500);
say({ type: 'ready', threads: 1, backend: 'cpu' });
`;

Logger.overrideLogger(false);

const closeLater = closeAfterEach();

/** The room over a folder with one checkpoint, and a configuration of two models. */
async function setup() {
  const root = mkdtempSync(join(tmpdir(), 'tandem-models-'));
  closeLater(() => rmSync(root, { recursive: true }));
  const checkpointsDir = join(root, 'checkpoints');
  const engineEntry = join(root, 'engine.cjs');
  writeFileSync(engineEntry, ENGINE);
  mkdirSync(join(checkpointsDir, 'sft'), { recursive: true });
  copyFileSync(join('checkpoints', LOCAL), join(checkpointsDir, LOCAL));
  const config = new ConfigStore([{ name: 'file', load: () => Promise.resolve({ baseline_models: MODELS, twodelta_models: [] }) }]);
  await config.load();
  class EnvironmentModule {}
  Global()(EnvironmentModule);
  const providers = [
    { provide: ENVIRONMENT, useValue: parseEnvironment({}) },
    { provide: ConfigStore, useValue: config },
  ];
  Module({ providers, exports: [ENVIRONMENT, ConfigStore] })(EnvironmentModule);
  class TestModule {}
  const conversion = ImportModule.forRoot({ useFactory: () => ({ checkpointsDir, type: 'f16', converterEntry: join(root, 'none.js') }) });
  const inference = InferenceModule.forRoot({ useFactory: () => ({ checkpointsDir, threads: 1, engineEntry, memoryBytes: 64 * 2 ** 20 }) });
  Module({ imports: [HttpModule, EnvironmentModule, conversion, inference, ModelsModule] })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false, forceCloseConnections: true });
  closeLater(() => app.close());
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  const ask = async <Body = Record<string, unknown>>(line: string, body?: object) => {
    const [method = 'GET', path = ''] = line.split(' ');
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    const response = await fetch(`${origin}${path}`, { method, ...sent });
    return { status: response.status, body: (await response.json()) as Body };
  };
  /** Begins a load and waits until it is there. */
  const load = async () => {
    const { next, leave } = await watch(origin);
    await ask(`POST /api/models/${LOCAL}/load`);
    for (let event = await next(); !(event.type === 'status' && event.status.progress > 0); event = await next());
    await ask('POST /api/chat/clear', {});
    for (let event = await next(); !(event.type === 'status' && event.status.loaded); event = await next());
    await leave();
  };
  return { app, origin, ask, load };
}

/** What goes on with local models, event by event. */
async function watch(origin: string) {
  const response = await fetch(`${origin}/api/checkpoints/stream`);
  if (response.body === null) throw new Error('no body');
  const events = readEvents(response.body);
  return { next: async () => JSON.parse(String((await events.next()).value?.data)) as CheckpointEvent, leave: () => events.return() };
}

describe('the models that can be asked', () => {
  it('are those of the configuration, then the checkpoints that were found', async () => {
    const { ask } = await setup();
    const { body } = await ask<ModelListBody>('GET /api/models');
    expect([body.status, body.count]).toEqual(['success', 3]);
    expect(body.models.map(({ id, role, place }) => [id, role, place])).toEqual([
      ['base', 'baseline', 'remote'],
      ['adapted', 'baseline', 'local'],
      [LOCAL, 'local', 'local'],
    ]);
  });

  it.each([
    ['its id', 'base'],
    ['its name', 'Base'],
    ['its endpoint', 'models.example:8000'],
    ['its endpoint, percent-encoded', 'models.example%3A8000'],
  ])('are found one by one by %s', async (_, id) => {
    const { ask } = await setup();
    expect(await ask(`GET /api/models/${id}`)).toMatchObject({ status: 200, body: { model: { id: 'base', name: 'Base' } } });
  });

  it.each([LOCAL, encodeURIComponent(LOCAL)])('may have slashes in their ids, as %s', async (id) => {
    const { ask } = await setup();
    expect((await ask(`GET /api/models/${id}`)).body).toMatchObject({ model: { id: LOCAL } });
  });

  it('are named where one is asked for that there is not, and the field is', async () => {
    const { ask } = await setup();
    const { status, body } = await ask('GET /api/models/nobody');
    expect(status).toBe(404);
    expect(body).toMatchObject({ error: { code: 'model_not_found', param: 'id', message: expect.stringContaining('base, adapted, sft/') } });
  });
});

describe('the checkpoints of this machine', () => {
  it('are listed by name, as their files are', async () => {
    const { ask } = await setup();
    const { body } = await ask<CheckpointListBody>('GET /api/checkpoints');
    expect(body.count).toBe(1);
    expect(body.models[LOCAL]).toMatchObject({ path: `checkpoints/${LOCAL}`, type: 'SFT', status: 'unloaded', format: 'gguf', converted: null });
  });

  it('take memory while they are loaded, under the name that clients use', async () => {
    const { ask, load } = await setup();
    expect((await ask('GET /api/memory')).body).toMatchObject({ status: 'success', models: [], total_mb: expect.any(Number) });
    await load();
    expect((await ask('GET /api/memory')).body).toMatchObject({ models: [{ name: LOCAL, memory_mb: 29.4 }] });
  });
});

describe('a local model', () => {
  it('is loaded in the background: the answer says that it has begun, the status says how far', async () => {
    const { ask, origin } = await setup();
    expect((await ask(`GET /api/models/${LOCAL}/status`)).body).toMatchObject({ name: LOCAL, status: 'unloaded', loaded: false, memory_mb: null });
    const { next, leave } = await watch(origin);
    expect(await ask(`POST /api/models/${LOCAL}/load`)).toEqual({ status: 202, body: { success: true, message: `Model ${LOCAL} is loading` } });
    let event = await next();
    while (!(event.type === 'status' && event.status.progress > 0)) event = await next();
    expect(event.status).toMatchObject({ name: LOCAL, status: 'loading', progress: 0.42, loaded: false });
    await leave();
  });

  it('says so where it is loaded already, and is unloaded as often as one likes', async () => {
    const { ask, load } = await setup();
    await load();
    expect((await ask(`POST /api/models/${LOCAL}/load`)).body).toMatchObject({ message: `Model ${LOCAL} loaded` });
    for (const query of ['', '?force=true', '?force=false']) {
      expect(await ask(`POST /api/models/${LOCAL}/unload${query}`)).toEqual({ status: 200, body: { success: true, message: `Model ${LOCAL} unloaded` } });
    }
    expect((await ask(`GET /api/models/${LOCAL}/status`)).body).toMatchObject({ status: 'unloaded', memory_mb: null });
  });

  it('stops loading when it is told to', async () => {
    const { ask, app } = await setup();
    await ask(`POST /api/models/${LOCAL}/load`);
    expect(await ask(`DELETE /api/models/${LOCAL}/load`)).toMatchObject({ status: 200, body: { message: `Loading ${LOCAL} cancelled` } });
    expect(app.get(LocalRuntime, { strict: false }).status(LOCAL).status).not.toBe('loading');
  });

  it('with an adapter is called by its id, as several may lie over one checkpoint', async () => {
    const { ask } = await setup();
    expect((await ask('GET /api/models/adapted/status')).body).toMatchObject({ name: 'adapted', status: 'unloaded' });
  });

  it('tells the checksums of its files', async () => {
    const { ask } = await setup();
    const sums = { file: 'tandem-tiny-chat.gguf', bytes: statSync(join('checkpoints', LOCAL)).size, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string };
    expect(await ask(`GET /api/models/${LOCAL}/checksums`)).toEqual({ status: 200, body: { status: 'success', checksums: [sums] } });
  });

  it.each([
    'GET /api/models/base/status',
    'GET /api/models/base/checksums',
    'POST /api/models/base/load',
    'DELETE /api/models/base/load',
    'POST /api/models/base/unload',
  ])('is not one that runs elsewhere: %s', async (line) => {
    const { ask } = await setup();
    expect(await ask(line)).toMatchObject({ status: 409, body: { error: { code: 'conflict', param: 'name' } } });
  });

  it.each([
    [`POST /api/models/${LOCAL}/unload?force=maybe`, undefined, 'force'],
    [`POST /api/models/${LOCAL}/load`, { threads: 4 }, 'threads'],
    ['POST /api/chat/clear', { conversation_id: '' }, 'conversation_id'],
    ['POST /api/chat/clear', { conversation: 'one' }, 'conversation'],
  ])('is asked for in the words that are known: %s %j', async (line, body, param) => {
    const { ask } = await setup();
    expect(await ask(line, body)).toMatchObject({ status: 400, body: { error: { param } } });
  });
});

describe('what is going on', () => {
  it('begins with every model that is not unloaded, goes on with every change, and ends when the server drains', async () => {
    const { app, origin, ask, load } = await setup();
    await load();
    const { next } = await watch(origin);
    let event = await next();
    while (event.type === 'list') event = await next();
    expect(event).toMatchObject({ type: 'status', status: { name: LOCAL, status: 'loaded', memory_mb: 29.4 } });
    await ask(`POST /api/models/${LOCAL}/unload`);
    while (!(event.type === 'status' && event.status.status === 'unloaded')) event = await next();
    app.get(Readiness).startDraining();
    const untilItEnds = async () => {
      for (;;) await next();
    };
    await expect(untilItEnds()).rejects.toThrow();
    expect((await ask('GET /api/checkpoints/stream')).status).toBe(503);
  });

  it('lets a client drop what is kept of its conversations', async () => {
    const { ask } = await setup();
    for (const body of [undefined, {}, { conversation_id: 'one' }, { conversation_id: null }]) {
      expect(await ask('POST /api/chat/clear', body)).toEqual({ status: 200, body: { success: true, message: 'Chat history cleared' } });
    }
  });
});
