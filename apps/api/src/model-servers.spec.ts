import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, StreamFrame } from '@tandem/shared/contracts';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  LAST_CHUNK,
  type MisbehavingServer,
  responseHead,
  type Script,
  share,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import { startServer } from './testing/start-server';

const closing = closeAfterEach();

/** Tandem in front of a model server that does as the script says with every prompt. */
const setup = async (script: Script) => (await start({ m: script }, closing))('m');

/** Tandem in front of a model server for each script; gives the one of that name. */
async function start(scripts: Readonly<Record<string, Script>>, later: typeof closing) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-model-servers-'));
  later(() => rm(folder, { recursive: true }));
  const models = new Map<string, MisbehavingServer>();
  for (const [id, script] of Object.entries(scripts)) {
    const model = await startMisbehavingServer((connection, request) => (request.startsWith('POST') ? script(connection, request) : connection.close()));
    later(() => model.close());
    models.set(id, model);
  }
  const entries = [...models].map(([id, { port }]) => ({ id, name: id, endpoint: `127.0.0.1:${port}`, protocol: 'openai-chat', model: 'm' }));
  const server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(entries), TWODELTA_MODELS: '[]', HEALTH_INTERVAL_SECONDS: '86400' });
  later(() => server.stop());
  return (model: string) => {
    const post = (path: string, body: object) =>
      fetch(server.origin + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model, ...body }) });
    const stream = () => post('/stream', { prompt: 'x' });
    const whole = () => post('/v1/chat/completions', { messages: [{ role: 'user', content: 'x' }] });
    const prompts = () => models.get(model)?.requests.filter((request) => request.startsWith('POST')).length;
    return { server, stream, whole, prompts };
  };
}

const framesOf = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);

describe('what a model server sends beside its answer', () => {
  it('reaches no client: neither its cookies nor its permissions nor what it repeats of a request', async () => {
    const theirs = {
      'Content-Type': 'text/event-stream',
      'Transfer-Encoding': 'chunked',
      'Set-Cookie': 'session=canary',
      'Access-Control-Allow-Origin': '*',
      'Content-Security-Policy': 'canary',
      'X-Echo': 'canary',
      'X-Request-Id': 'canary',
      'X-Stream-Id': 'canary',
      'Cache-Control': 'public, max-age=canary',
      Location: 'http://canary.example/',
      Link: '<http://canary.example/>; rel=preload',
      Server: 'canary',
    };
    const { stream, whole } = await setup((connection) =>
      connection.write(Buffer.concat([Buffer.from(responseHead(200, theirs)), chunk(chatEvent('a', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)])),
    );
    for (const response of [await stream(), await whole()]) {
      expect(await response.text()).toMatch(/"(token|content)":"a"/);
      expect(JSON.stringify([...response.headers])).not.toContain('canary');
      for (const name of ['set-cookie', 'access-control-allow-origin', 'x-echo', 'link', 'server']) expect(response.headers.get(name)).toBeNull();
    }
  });

  it('is refused where its headers are more or larger than any should be, and the next prompt is answered', async () => {
    const floods = [Array.from({ length: 1_000 }, (_, n) => `x${n}: y\r\n`).join(''), `X-Big: ${'x'.repeat(100_000)}\r\n`];
    const { stream, whole } = await setup((connection) => {
      const flood = floods.shift();
      const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n';
      return connection.write(Buffer.concat([Buffer.from(`${head}${flood ?? ''}\r\n`), chunk(chatEvent('a', 'stop')), Buffer.from(LAST_CHUNK)]));
    });
    expect(framesOf(await (await stream()).text())).toMatchObject([{ done: true, error: { code: 'upstream_bad_response' } }]);
    expect((await whole()).status).toBe(502);
    expect(framesOf(await (await stream()).text())[0]).toMatchObject({ token: 'a' });
  });
});

describe('a refusal of a model server', () => {
  const REFUSALS: [theirs: number, ours: number, code: string][] = [
    [400, 502, 'upstream_rejected'],
    [401, 502, 'upstream_auth'],
    [403, 502, 'upstream_auth'],
    [404, 502, 'upstream_rejected'],
    [413, 502, 'upstream_rejected'],
    [422, 502, 'upstream_rejected'],
    [302, 502, 'upstream_redirect'],
    [500, 502, 'upstream_error'],
    [504, 504, 'upstream_timeout'],
  ];
  /** A model for each: what is learned of one must not be what another is judged by. */
  const refusing =
    (status: number): Script =>
    (connection) =>
      connection.write(wholeResponse(status, 'application/json', '{"error":{"message":"no"}}', { 'WWW-Authenticate': 'Basic', Location: '/login' }));
  const shared = share((later) => start(Object.fromEntries(REFUSALS.map(([theirs]) => [`refuses-${theirs}`, refusing(theirs)])), later));

  it.each(REFUSALS)('with %d is %d to the client, never as if the client were at fault', async (theirs, ours, code) => {
    const { stream, whole } = shared()(`refuses-${theirs}`);
    const response = await whole();
    expect([response.status, response.headers.get('www-authenticate'), response.headers.get('location')]).toEqual([ours, null, null]);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(framesOf(await (await stream()).text())).toMatchObject([{ done: true, error: { code } }]);
  });

  it('because of too many requests is passed on with a time that can be waited for, and the model is left alone until then', async () => {
    const { stream, prompts } = await setup((connection) => connection.write(wholeResponse(429, 'application/json', '{}', { 'Retry-After': '31536000' })));
    expect(framesOf(await (await stream()).text())).toMatchObject([{ done: true, error: { code: 'upstream_rate_limited', retryable: true } }]);
    const next = await stream();
    const waiting = Number(next.headers.get('retry-after'));
    expect([next.status, ((await next.json()) as ErrorBody).error.code]).toEqual([429, 'upstream_rate_limited']);
    expect(waiting).toBeGreaterThan(200);
    expect(waiting).toBeLessThanOrEqual(300);
    expect(prompts()).toBe(1);
  });
});
