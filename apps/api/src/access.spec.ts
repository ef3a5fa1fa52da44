import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, SessionBody } from '@tandem/shared/contracts';
import { closeAfterEach, share, startMisbehavingServer } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';
import { describeEachWay } from './testing/ways';

const TOKEN = 'team-a-token';
const GUARDED = { ACCESS_TOKENS: `other-team-token,${TOKEN}`, ADMIN_TOKEN: 'the-admin-token' };
const closing = closeAfterEach();

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const errorOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as ErrorBody).error });

describeEachWay((way) => {
  const serve = async (environment: Record<string, string>, later: typeof closing = closing): Promise<RunningServer> => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-access-'));
    later(() => rmSync(folder, { recursive: true }));
    const server = await startServer(folder, { ...way.environment, ...environment });
    later(() => server.stop());
    return { ...server, origin: await way.reach(server.origin, later) };
  };

  /** With nothing set. */
  const open = share((later) => serve({}, later));

  describe('a server with access tokens', () => {
    const guarded = () => serve(GUARDED);
    /** For those who guess a few times at most, all together: ten guesses are too many. */
    const shared = share((later) => serve({ ...GUARDED, LOG_LEVEL: 'trace' }, later));
    const signIn = (origin: string, token: string, headers: Record<string, string> = {}) =>
      fetch(`${origin}/api/session`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify({ token }) });

    it('refuses everything that is not open, and says how to get in', async () => {
      const { origin } = shared();
      const closed = [
        '/api/models',
        '/API/Models',
        '//api/models',
        '/api/config',
        '/stream?model=x&prompt=y',
        '/metrics',
        '/api/docs',
        '/health-check?model=x',
        '/nothing',
      ];
      for (const path of closed) {
        const response = await fetch(origin + path);
        expect([path, response.headers.get('www-authenticate')]).toEqual([path, 'Bearer realm="Tandem"']);
        expect(await errorOf(response)).toMatchObject({ status: 401, code: 'unauthorized', message: expect.stringContaining('Authorization: Bearer') });
      }
      for (const path of ['/healthz', '/', '/chat', '/theme.js', '/api/session']) expect([path, (await fetch(origin + path)).status]).toEqual([path, 200]);
    });

    it('refuses before it reads a body', async () => {
      const { origin } = shared();
      const response = await fetch(`${origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"broken' });
      expect(response.status).toBe(401);
    });

    it('lets each token in, the admin token too, and no other', async () => {
      const { origin } = shared();
      for (const token of [TOKEN, 'other-team-token', 'the-admin-token']) expect((await fetch(`${origin}/api/models`, bearer(token))).status).toBe(200);
      for (const token of ['', 'team-a-toke', `${TOKEN}x`, `other-team-token,${TOKEN}`])
        expect((await fetch(`${origin}/api/models`, bearer(token))).status).toBe(401);
    });

    it('asks for the admin token where one is set: an access token does not do', async () => {
      const { origin } = shared();
      const refresh = (token: string) => fetch(`${origin}/api/config/refresh`, { method: 'POST', ...bearer(token) });
      expect((await refresh(TOKEN)).status).toBe(401);
      expect((await refresh('the-admin-token')).status).toBe(200);
    });

    it('gives a page a session in a cookie that no script can read, until it signs out', async () => {
      const { origin } = shared();
      expect(await (await fetch(`${origin}/api/session`)).json()).toEqual({ status: 'success', required: true, signed_in: false });
      const signedIn = await signIn(origin, TOKEN);
      const [cookie = ''] = signedIn.headers.getSetCookie();
      expect(cookie).toMatch(/^tandem_session=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
      const headers = { Cookie: cookie.split(';')[0] ?? '' };
      expect(((await (await fetch(`${origin}/api/session`, { headers })).json()) as SessionBody).signed_in).toBe(true);
      expect((await fetch(`${origin}/api/models`, { headers })).status).toBe(200);
      const signedOut = await fetch(`${origin}/api/session`, { method: 'DELETE', headers });
      expect(signedOut.headers.getSetCookie()[0]).toMatch(/^tandem_session=; .*Expires=Thu, 01 Jan 1970/);
      expect((await fetch(`${origin}/api/models`, { headers })).status).toBe(401);
    });

    it('takes a cookie from its own pages only where something is done', async () => {
      const { origin } = shared();
      const Cookie = (await signIn(origin, TOKEN)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const post = (headers: Record<string, string>) => fetch(`${origin}/api/chat/clear`, { method: 'POST', headers: { Cookie, ...headers } });
      expect((await post({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
      expect((await post({ Origin: new URL(origin).origin })).status).toBe(200);
      expect(await errorOf(await post({ 'Sec-Fetch-Site': 'cross-site' }))).toMatchObject({ status: 403, code: 'forbidden' });
      expect(await errorOf(await post({ Origin: 'https://elsewhere.example' }))).toMatchObject({ status: 403, code: 'forbidden' });
    });

    it('stops one who guesses, and nobody else', async () => {
      const { origin } = await guarded();
      for (let n = 0; n < 10; n++) expect((await signIn(origin, `guess-${n}`)).status).toBe(401);
      const stopped = await signIn(origin, 'guess-10');
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await errorOf(stopped)).toMatchObject({ status: 429, code: 'rate_limited', retryable: true });
      expect((await fetch(`${origin}/api/models`, bearer('another-guess'))).status).toBe(429);
      expect((await fetch(`${origin}/api/models`, bearer(TOKEN))).status).toBe(200);
      expect((await signIn(origin, TOKEN)).status).toBe(200);
    });

    it.each<[string, (origin: string, token: string) => Promise<Response>]>([
      ['asking whether it is signed in', (origin, token) => fetch(`${origin}/api/session`, bearer(token))],
      ['as the admin token', (origin, token) => fetch(`${origin}/api/config/refresh`, { method: 'POST', ...bearer(token) })],
      ['with a request that would be refused anyway', (origin, token) => fetch(`${origin}/healthz?x`, { method: 'PUT', ...bearer(token) })],
    ])('counts a wrong token that is tried %s', async (_, attempt) => {
      const { origin } = await guarded();
      const statuses: number[] = [];
      for (let n = 0; n < 40; n++) statuses.push((await attempt(origin, `guess-${n}`)).status);
      expect(statuses.slice(0, 10)).not.toContain(429);
      expect(statuses.slice(10)).toEqual(Array(30).fill(429));
    });

    it("lets nobody guess the admin token of a server that is open otherwise, and takes other servers' tokens for none", async () => {
      const { origin } = await serve({ ADMIN_TOKEN: 'the-admin-token' });
      for (let n = 0; n < 15; n++) expect((await fetch(`${origin}/v1/models`, bearer(`sk-other-${n}`))).status).toBe(200);
      const refresh = async (token: string) => (await fetch(`${origin}/api/config/refresh`, { method: 'POST', ...bearer(token) })).status;
      for (let n = 0; n < 10; n++) expect(await refresh(`guess-${n}`)).toBe(401);
      expect(await refresh('guess-10')).toBe(429);
      expect(await refresh('the-admin-token')).toBe(200);
    });

    it('never writes a token into its log', async () => {
      const server = shared();
      await signIn(server.origin, TOKEN);
      await fetch(`${server.origin}/api/models`, { headers: { Cookie: `tandem_session=${TOKEN}` } });
      await fetch(`${server.origin}/api/models`, bearer(TOKEN));
      expect(server.log()).not.toContain(TOKEN);
    });
  });

  describe('a server without access tokens', () => {
    it('is open to everyone, and says so', async () => {
      const { origin } = open();
      expect((await fetch(`${origin}/api/models`)).status).toBe(200);
      expect(await (await fetch(`${origin}/api/session`)).json()).toEqual({ status: 'success', required: false, signed_in: true });
    });
  });

  describe('limits per client', () => {
    it('refuse the requests past the number for a minute, but no probe', async () => {
      const { origin } = await serve({ RATE_LIMIT_PER_MINUTE: '5' });
      const statuses: number[] = [];
      for (let n = 0; n < 6; n++) statuses.push((await fetch(`${origin}/api/models`)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      const refused = await fetch(`${origin}/api/models`);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await errorOf(refused)).toMatchObject({ status: 429, code: 'rate_limited', message: expect.stringContaining('5 requests') });
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
      for (const claim of [bearer('another-client'), { headers: { Cookie: 'tandem_session=another' } }])
        expect((await fetch(`${origin}/api/models`, claim)).status).toBe(429);
    });

    it('refuse the answers past the number at once, and let the next one in when one ends', async () => {
      const upstream = await startMisbehavingServer(() => undefined);
      closing(() => upstream.close());
      const models = JSON.stringify([{ id: 'slow', name: 'Slow', endpoint: upstream.url.href, protocol: 'openai-chat', model: 'slow' }]);
      const { origin } = await serve({ MAX_STREAMS_PER_CLIENT: '2', BASELINE_MODELS: models, TWODELTA_MODELS: '[]' });
      const leave = new AbortController();
      const ask = () => fetch(`${origin}/stream?model=slow&prompt=Hi`, { signal: leave.signal });
      const taken = [await ask(), await ask()];
      expect(taken.map(({ status }) => status)).toEqual([200, 200]);
      expect(await errorOf(await ask())).toMatchObject({ status: 429, code: 'rate_limited', retryable: true });
      await taken[0]?.body?.cancel();
      let again = await ask();
      while (again.status === 429) again = await ask();
      expect(again.status).toBe(200);
      leave.abort();
    });
  });

  describe('a page of another site', () => {
    it('may call the API from an origin that is named, and from no other', async () => {
      const { origin } = await serve({ CORS_ORIGINS: 'https://app.example.com', ACCESS_TOKENS: TOKEN });
      const preflight = (from: string) =>
        fetch(`${origin}/stream`, {
          method: 'OPTIONS',
          headers: { Origin: from, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization,content-type' },
        });
      const allowed = await preflight('https://app.example.com');
      expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
      expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
      const answer = await fetch(`${origin}/api/models`, { headers: { Origin: 'https://app.example.com', Authorization: `Bearer ${TOKEN}` } });
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Stream-Id');
    });

    it('may not call it where none is named', async () => {
      const { origin } = open();
      const answer = await fetch(`${origin}/api/models`, { headers: { Origin: 'https://app.example.com' } });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    });
  });
});
