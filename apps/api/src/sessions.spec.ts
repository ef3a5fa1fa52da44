import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach, share, startMisbehavingServer, until } from '@tandem/testing';
import { startServer } from './testing/start-server';
import { describeEachWay, type Way } from './testing/ways';

const [ONE, OTHER] = ['token-of-one', 'token-of-other'] as const;
const closing = closeAfterEach();

/** A server over one model that says nothing and never ends, whose tokens stand in `.env`. */
async function setup(way: Pick<Way, 'environment' | 'reach'>, environment: Readonly<Record<string, string>> = {}, later = closing) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-sessions-'));
  later(() => rmSync(folder, { recursive: true }));
  const upstream = await startMisbehavingServer(() => undefined);
  later(() => upstream.close());
  const models = JSON.stringify([{ id: 'slow', name: 'Slow', endpoint: upstream.url.href, protocol: 'openai-chat', model: 'slow' }]);
  const giveTokens = (...tokens: string[]) => writeFileSync(join(folder, '.env'), `ACCESS_TOKENS=${tokens.join(',')}\n`);
  giveTokens(ONE, OTHER);
  const server = await startServer(folder, { BASELINE_MODELS: models, TWODELTA_MODELS: '[]', SHUTDOWN_GRACE_SECONDS: '0', ...way.environment, ...environment });
  later(() => server.stop());
  return { ...client(await way.reach(server.origin, later)), giveTokens, server };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

function client(origin: string) {
  const signIn = async (token: string) => {
    const answer = await fetch(`${origin}/api/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) });
    return { Cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  };
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${origin}/stream`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'slow', prompt: 'Hi', resumable: true }),
    });
    return { status: answer.status, id: answer.headers.get('x-stream-id') ?? '', answer, text: () => answer.text().catch(() => 'cut') };
  };
  const status = async (path: string, headers: Record<string, string>, method = 'GET') => {
    const answer = await fetch(origin + path, { method, headers });
    await answer.body?.cancel();
    return answer.status;
  };
  return { origin, signIn, ask, status };
}

describeEachWay((way) => {
  /** For those who leave the tokens as they are. */
  const shared = share((later) => setup(way, {}, later));

  describe('an answer', () => {
    it('belongs to who asked for it: for everybody else there is none', async () => {
      const { ask, signIn, status } = shared();
      const { id } = await ask(bearer(ONE));
      for (const method of ['GET', 'DELETE']) expect([method, await status(`/stream/${id}`, bearer(OTHER), method)]).toEqual([method, 404]);
      expect(await status(`/stream?model=slow&prompt=Hi`, { ...bearer(OTHER), 'Last-Event-ID': `${id}.0` })).toBe(204);
      // the same person, on the page
      expect(await status(`/stream/${id}`, await signIn(ONE))).toBe(200);
      expect(await status(`/stream/${id}`, bearer(ONE), 'DELETE')).toBe(200);
    });
  });

  describe('a session', () => {
    it('ends with what it is being answered when one signs out, and no other does', async () => {
      const { ask, signIn, status } = shared();
      const [mine, elsewhere] = [await signIn(ONE), await signIn(ONE)];
      const [ended, other] = [await ask(mine), await ask(elsewhere)];
      expect(await status('/api/session', mine, 'DELETE')).toBe(200);
      expect(await ended.text()).toMatch(/"done":true,"error":\{"code":"unauthorized"/);
      expect(await status('/api/models', mine)).toBe(401);
      expect(await status('/api/models', elsewhere)).toBe(200);
      expect(await status(`/stream/${other.id}`, elsewhere, 'DELETE')).toBe(200);
    });

    it('ends within 30 s once its token is taken out of .env, with every answer that the token asked for', async () => {
      const { ask, signIn, status, giveTokens, origin } = await setup(way);
      const mine = await signIn(ONE);
      const answers = [await ask(mine), await ask(bearer(ONE))];
      const watched = (await fetch(`${origin}/api/health/stream`, { headers: mine })).text().catch(() => 'cut');
      const other = await ask(bearer(OTHER));
      giveTokens(OTHER);
      for (const answer of answers) expect(await answer.text()).toMatch(/"code":"unauthorized"/);
      expect(await watched).toBe('cut');
      for (const headers of [mine, bearer(ONE)]) expect(await status('/api/models', headers)).toBe(401);
      expect(await status(`/stream/${other.id}`, bearer(OTHER), 'DELETE')).toBe(200);
    });

    it('opens nothing when the last token is taken away', async () => {
      const { status, giveTokens, server } = await setup(way);
      giveTokens();
      await until(() => server.log().includes('The tokens in .env changed'));
      expect(await status('/api/models', {})).toBe(401);
      expect(await status('/api/models', bearer(ONE))).toBe(401);
    });
  });

  describe('the answers of one client', () => {
    it('count until they end, also those that it left', async () => {
      const { ask, status } = await setup(way, { MAX_STREAMS_PER_CLIENT: '1' });
      const first = await ask(bearer(ONE));
      await first.answer.body?.cancel();
      for (const headers of [bearer(ONE), bearer(ONE)]) expect((await ask(headers)).status).toBe(429);
      expect((await ask(bearer(OTHER))).status).toBe(200);
      expect(await status(`/stream/${first.id}`, bearer(ONE), 'DELETE')).toBe(200);
      let again = await ask(bearer(ONE));
      while (again.status === 429) again = await ask(bearer(ONE));
      expect(again.status).toBe(200);
    });
  });
});

describe('over a connection that is safe', () => {
  it('a session has a name that no neighbour can set', async () => {
    const { origin, status } = await setup({ environment: {}, reach: async (address) => address }, { TRUSTED_PROXIES: 'loopback', TANDEM_BASE_PATH: '/tools' });
    const safe = { 'X-Forwarded-Proto': 'https' };
    const answer = await fetch(`${origin}/tools/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...safe },
      body: JSON.stringify({ token: ONE }),
    });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-tandem_session=[\w-]{43}; Max-Age=604800; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    const [pair = ''] = cookie.split(';');
    expect(await status('/tools/api/models', { ...safe, Cookie: pair })).toBe(200);
    expect(await status('/tools/api/models', { ...safe, Cookie: pair.replace('__Host-', '') })).toBe(401);
  });
});
