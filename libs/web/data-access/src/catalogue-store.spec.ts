import { TestBed } from '@angular/core/testing';
import { CatalogueStore } from './catalogue-store';

function setup(models: readonly object[] = [{ id: 'base', role: 'baseline' }]) {
  const server = { isReachable: true };
  globalThis.fetch = async () => {
    if (!server.isReachable) throw new TypeError('Failed to fetch');
    return { ok: true, json: async () => ({ models }) } as Response;
  };
  return { server, store: TestBed.inject(CatalogueStore) };
}

describe('CatalogueStore', () => {
  it('fails, says why, and recovers when it is loaded again', async () => {
    const { server, store } = setup();
    server.isReachable = false;
    await store.load();
    expect(store.state()).toMatchObject({ kind: 'failed', fault: { code: 'server_unreachable' } });
    server.isReachable = true;
    await store.load();
    expect(store.state().kind).toBe('ready');
  });

  it('says why there is nothing to choose from, and only then', async () => {
    const { server, store } = setup([]);
    server.isReachable = false;
    expect(store.emptiness()).toBeUndefined();
    await store.load();
    expect(store.emptiness()).toContain('cannot be reached');
    server.isReachable = true;
    await store.load();
    expect(store.emptiness()).toMatch(/^No model is configured.*Name model servers/);
  });

  it('has no reason to give where there are models', async () => {
    const { store } = setup();
    await store.load();
    expect(store.emptiness()).toBeUndefined();
  });

  it('keeps the list and stays ready when loading it again fails', async () => {
    const { server, store } = setup();
    await store.load();
    server.isReachable = false;
    await store.load();
    expect([store.state().kind, store.cards().length]).toEqual(['ready', 1]);
  });

  it('knows what changed while it was being loaded, by one more load', async () => {
    const { store } = setup();
    let models = [{ id: 'before' }];
    const held: (() => void)[] = [];
    let asked = 0;
    globalThis.fetch = async () => {
      asked += 1;
      const answered = { models };
      if (asked <= 2) await new Promise<void>((resolve) => held.push(resolve));
      return { ok: true, json: async () => answered } as Response;
    };
    const loaded = store.load();
    models = [{ id: 'after' }];
    const refreshed = [store.refresh(), store.refresh()];
    for (const answer of held) answer();
    await Promise.all([loaded, ...refreshed]);
    expect([store.cards().map(({ id }) => id), asked]).toEqual([['after'], 4]);
  });
});
