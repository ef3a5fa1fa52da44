import { TestBed } from '@angular/core/testing';
import { CatalogueStore } from './catalogue-store';
import { ConfigStore } from './config-store';

function setup() {
  const server = { version: 'a', isReachable: true };
  const asked: string[] = [];
  globalThis.fetch = async (path) => {
    asked.push(String(path));
    if (!server.isReachable) throw new TypeError('Failed to fetch');
    return { ok: true, json: async () => ({ version: server.version, last_error: null, models: [] }) } as Response;
  };
  TestBed.inject(CatalogueStore);
  return { server, asked, store: TestBed.inject(ConfigStore) };
}

describe('ConfigStore', () => {
  it('has the models loaded when the configuration is another, and only then', async () => {
    const { server, asked, store } = setup();
    await store.look();
    await store.look();
    expect(asked).toEqual(['api/config', 'api/config']);
    server.version = 'b';
    await store.look();
    expect(asked).toContain('api/models');
  });

  it('looks once at a time, so that no earlier answer comes after a later one', async () => {
    const { asked, store } = setup();
    await Promise.all([store.look(), store.look()]);
    expect(asked).toEqual(['api/config']);
    await store.look();
    expect(asked).toEqual(['api/config', 'api/config']);
  });

  it('keeps what it knows while the server cannot be asked', async () => {
    const { server, store } = setup();
    await store.look();
    server.isReachable = false;
    await store.look();
    expect(store.status()?.version).toBe('a');
  });
});
