import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHeldModel, type HeldModel } from './testing/held-model';
import { type RunningServer, startServer } from './testing/start-server';

const BASE = '/tools/tandem';
const TOKEN = 'let-me-in-please';

describe('a server under a sub-path', () => {
  let folder: string;
  let model: HeldModel;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-sub-path-'));
    model = await startHeldModel();
    model.finish();
    const models = JSON.stringify([{ name: 'held', endpoint: model.endpoint }]);
    server = await startServer(folder, { BASELINE_MODELS: models, TANDEM_BASE_PATH: `${BASE}/`, ACCESS_TOKENS: TOKEN });
  });
  afterAll(async () => {
    await server.stop();
    await model.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, init: RequestInit = {}) =>
    fetch(server.origin + path, { redirect: 'manual', ...init, headers: { Authorization: `Bearer ${TOKEN}`, ...init.headers } });

  it.each(['', BASE])('answers at %s/… : the proxy in front may take the path off or leave it', async (prefix) => {
    for (const path of [
      '/api/models',
      '/api/models/held',
      '/healthz',
      '/readyz',
      '/metrics',
      '/api/openapi.json',
      '/favicon.svg',
      '/',
      '/chat',
      '/models?x=1',
    ]) {
      expect([path, (await get(prefix + path)).status]).toEqual([path, 200]);
    }
    expect(await (await get(`${prefix}/stream?model=held&prompt=Hi`)).text()).toContain('"finish_reason":"stop"');
    expect(await (await get(`${prefix}/api/nothing`)).json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it.each(['', BASE])('shows a page where nothing is at %s/…, without a token, and JSON where the API is', async (prefix) => {
    const visit = (path: string) => fetch(server.origin + prefix + path, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    const page = await visit('/cht');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain(`<base href="${BASE}/"`);
    for (const path of ['/api/nothing', '/v1/nothing', '/stream/one/two', '/API/nothing']) {
      const program = await get(prefix + path, { headers: { Accept: 'text/html,*/*;q=0.8' } });
      expect([path, program.headers.get('content-type')]).toEqual([path, 'application/json; charset=utf-8']);
    }
  });

  it('sends a page that is asked for without a slash at its end to the one with it, query and all', async () => {
    const { status, headers } = await get(`${BASE}?prompt=Hi`);
    expect([status, headers.get('location')]).toEqual([308, `${BASE}/?prompt=Hi`]);
  });

  it('serves nothing under a path that only begins like it', async () => {
    expect((await get(`${BASE}x/api/models`)).status).toBe(404);
  });

  it('gives its page the base that everything on it is found from', async () => {
    for (const path of ['/', '/chat/some-conversation']) {
      const page = await (await get(BASE + path)).text();
      expect(page).toContain(`<base href="${BASE}/"`);
      const addresses = [...page.matchAll(/(?:src|href)="([^"]+\.\w+)"/g)].map(([, address]) => new URL(address ?? '', `${server.origin}${BASE}/`).pathname);
      expect(addresses.length).toBeGreaterThan(2);
      for (const address of addresses) {
        expect(address.startsWith(`${BASE}/`)).toBe(true);
        expect([address, (await get(address)).status]).toEqual([address, 200]);
      }
    }
  });

  it('describes its API with the base, and shows it there', async () => {
    expect(await (await get(`${BASE}/api/openapi.json`)).json()).toMatchObject({ servers: [{ url: BASE }] });
    const shown = `${server.origin}${BASE}/api/docs`;
    const page = await (await fetch(shown, { headers: { Authorization: `Bearer ${TOKEN}` } })).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address ?? '', shown).pathname);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      expect(address.startsWith(`${BASE}/`)).toBe(true);
      expect([address, (await get(address)).status]).toEqual([address, 200]);
    }
  });

  it('gives its cookie to nobody else on the same host', async () => {
    const { status, headers } = await get(`${BASE}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    });
    expect([status, headers.get('set-cookie')]).toEqual([200, expect.stringContaining(`Path=${BASE};`)]);
  });
});
