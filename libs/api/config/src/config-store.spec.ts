import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ConfigStore } from './config-store';
import { ConfigurationError } from './configuration-error';
import type { PartialDocument } from './parse-document';
import type { ConfigSource } from './sources';

const listing = (...names: string[]): PartialDocument => ({ baseline_models: names.map((name) => ({ name, endpoint: 'a.example' })), twodelta_models: [] });

beforeEach(() => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

/** A source that reads its document when a reading begins, and gives it when it is let. */
function setup() {
  const held: (() => void)[] = [];
  const now = { document: listing('Old'), reading: 0, most: 0, reads: 0 };
  const source: ConfigSource = {
    name: 'file',
    load: async () => {
      const { document } = now;
      now.reads += 1;
      now.most = Math.max(now.most, ++now.reading);
      await new Promise<void>((resolve) => held.push(resolve));
      now.reading -= 1;
      return document;
    },
  };
  const letGo = async () => {
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    held.shift()?.();
  };
  const store = new ConfigStore([source], { host: '0.0.0.0', port: 8080 });
  return { store, now, letGo, names: () => store.snapshot.models.map(({ entry }) => entry.name) };
}

describe('A baseline that there is not', () => {
  const tuned = (baseline_id: string) => ({ name: 'Tuned', endpoint: 'b.example', baseline_id });
  const given = (name: ConfigSource['name'], ...documents: PartialDocument[]): ConfigSource => ({ name, load: async () => documents.shift() ?? {} });

  it('stops the start, naming the model and the ids there are', async () => {
    const store = new ConfigStore([given('file', { baseline_models: [{ name: '模型一', endpoint: 'a.example' }], twodelta_models: [tuned('model-2')] })]);
    await expect(store.load()).rejects.toThrow(/baseline_id of "Tuned" the model "model-2", which there is not\. Ids there are: 模型一\.$/);
  });

  it('changes nothing later on', async () => {
    const good = { baseline_models: [{ name: 'Base', endpoint: 'a.example' }], twodelta_models: [tuned('base')] };
    const store = new ConfigStore([given('file', good, { ...good, twodelta_models: [tuned('bass')] }, good)]);
    await store.load();
    const { version } = store.snapshot;
    await store.refresh();
    expect([store.snapshot.version, store.failure?.code]).toEqual([version, 'config_invalid']);
    await store.refresh();
    expect(store.failure).toBeNull();
  });

  it('is none where its own document gives it, and another list stands in that place', async () => {
    const file = { baseline_models: [{ name: 'Base', endpoint: 'a.example' }], twodelta_models: [tuned('base')] };
    const store = new ConfigStore([given('env', { baseline_models: [{ name: 'Mine', endpoint: 'c.example' }] }), given('file', file)]);
    await expect(store.load()).resolves.toMatchObject({ models: [{ id: 'mine' }, { id: 'tuned' }] });
  });
});

describe('ConfigStore', () => {
  it('reads again for those who ask while it reads: what they know of may have come too late for that', async () => {
    const { store, now, letGo, names } = setup();
    const loading = store.load();
    while (now.reads === 0) await new Promise((resolve) => setImmediate(resolve));
    now.document = listing('New');
    const asked = Promise.all([store.refresh(), store.refresh(), store.refresh()]);
    // time enough to begin a second one beside the first
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(now.reads).toBe(1);
    await letGo();
    await loading;
    expect(names()).toEqual(['Old']);
    await letGo();
    await asked;
    expect(names()).toEqual(['New']);
    expect([now.reads, now.most]).toEqual([2, 1]);
  });

  it('goes on after a reading that threw', async () => {
    let isBroken = false;
    const source: ConfigSource = { name: 'file', load: () => (isBroken ? Promise.reject(new TypeError('a mistake of ours')) : Promise.resolve(listing('A'))) };
    const store = new ConfigStore([source]);
    await store.load();
    isBroken = true;
    await expect(store.refresh()).rejects.toThrow('a mistake of ours');
    isBroken = false;
    await store.refresh();
    expect(store.failure).toBeNull();
  });

  it('keeps an object for a model that did not change, and the snapshot where nothing did', async () => {
    let document = listing('A', 'B');
    const store = new ConfigStore([{ name: 'file', load: () => Promise.resolve(document) }]);
    const first = await store.load();
    document = listing('A', 'B');
    await store.refresh();
    expect(store.snapshot).toBe(first);
    document = listing('A', 'C');
    await store.refresh();
    expect(store.snapshot.models.map((model) => first.models.includes(model))).toEqual([true, false]);
    expect(first.models.map(({ entry }) => entry.name)).toEqual(['A', 'B']);
  });

  it('stops a start over a model that leads back to Tandem, and refuses a refresh', async () => {
    const looping: PartialDocument = { baseline_models: [{ name: 'Loop', endpoint: 'localhost:8080' }] };
    let document: PartialDocument = looping;
    const store = new ConfigStore([{ name: 'file', load: () => Promise.resolve(document) }], { host: '0.0.0.0', port: 8080 });
    await expect(store.load()).rejects.toThrow(ConfigurationError);
    document = listing('A');
    await store.load();
    document = looping;
    await store.refresh();
    expect(store.failure).toMatchObject({ code: 'config_invalid', message: expect.stringContaining('leads to Tandem itself') });
    expect(store.snapshot.models.map(({ entry }) => entry.name)).toEqual(['A']);
  });
});
