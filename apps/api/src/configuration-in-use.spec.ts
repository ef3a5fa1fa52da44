import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HealthReport, StreamFrame } from '@tandem/shared/contracts';
import { chatEvent, chunk, closeAfterEach, event, EVENT_STREAM_HEAD, LAST_CHUNK, startMisbehavingServer, until, wholeResponse } from '@tandem/testing';
import { startS3Bucket } from './testing/s3-bucket';
import { type RunningServer, startServer } from './testing/start-server';

const closing = closeAfterEach();

/** A model server that says its name, then waits to be told to go on. */
async function modelServer(name: string) {
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (goOn = resolve));
  const server = await startMisbehavingServer(async (connection, request) => {
    if (!request.startsWith('POST')) return connection.write(wholeResponse(200, 'application/json', JSON.stringify({ object: 'list', data: [{ id: 'm' }] })));
    // it would hold the connection for ten minutes
    await connection.write(EVENT_STREAM_HEAD.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=600\r\n\r\n'));
    await connection.write(chunk(chatEvent(`${name} begins`)));
    await told;
    await connection.write(Buffer.concat([chunk(chatEvent(` and ${name} ends`, 'stop')), chunk(event('[DONE]')), Buffer.from(LAST_CHUNK)]));
  });
  closing(() => server.close());
  return { server, goOn: () => goOn(), entry: { id: 'm', name: 'M', endpoint: `127.0.0.1:${server.port}`, protocol: 'openai-chat', model: 'm' } };
}

async function setup(models: readonly object[], environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-in-use-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  const configure = (entries: readonly object[], more = {}) =>
    writeFile(join(folder, 'config.json'), JSON.stringify({ baseline_models: entries, twodelta_models: [], ...more }));
  await configure(models);
  const server = await startServer(folder, { HEALTH_INTERVAL_SECONDS: '86400', ...environment });
  closing(() => server.stop());
  return { folder, server, configure };
}

const refresh = (server: RunningServer, headers: Record<string, string> = {}) => fetch(`${server.origin}/api/config/refresh`, { method: 'POST', headers });
const ask = (server: RunningServer, model = 'm') =>
  fetch(`${server.origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model, prompt: 'x' }) });
const framesOf = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
const textOf = async (response: Response) =>
  framesOf(await response.text())
    .map(({ token }) => token)
    .join('');
const healthOf = async (server: RunningServer): Promise<HealthReport[]> =>
  ((await (await fetch(`${server.origin}/api/health`)).json()) as { models: HealthReport[] }).models;

describe('a model that moves to another address', () => {
  it('answers from there, while an answer that has begun ends where it began', async () => {
    const [old, next] = [await modelServer('old'), await modelServer('new')];
    const { server, configure } = await setup([old.entry]);
    const running = await ask(server);
    await until(() => old.server.requests.some((request) => request.startsWith('POST')));
    await configure([next.entry]);
    await refresh(server);
    const following = await ask(server);
    next.goOn();
    expect(await textOf(following)).toBe('new begins and new ends');
    old.goOn();
    expect(await textOf(running)).toBe('old begins and old ends');
    expect(old.server.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('leaves no connection to its old address once the last answer from there has ended', async () => {
    const [old, next] = [await modelServer('old'), await modelServer('new')];
    const { server, configure } = await setup([old.entry]);
    const running = await ask(server);
    await until(() => old.server.requests.some((request) => request.startsWith('POST')));
    await configure([next.entry]);
    await refresh(server);
    next.goOn();
    await (await ask(server)).text();
    expect(old.server.openConnections).toBeGreaterThan(0);
    old.goOn();
    expect(await textOf(running)).toBe('old begins and old ends');
    await until(() => old.server.openConnections === 0);
    expect(next.server.openConnections).toBeGreaterThan(0);
  });

  it('is not taken for healthy by what its old address said', async () => {
    const old = await modelServer('old');
    const { server, configure } = await setup([old.entry]);
    await until(async () => (await healthOf(server))[0]?.status === 'healthy');
    await configure([{ ...old.entry, endpoint: '127.0.0.1:9' }]);
    await refresh(server);
    expect((await healthOf(server))[0]).toMatchObject({ endpoint: '127.0.0.1:9', status: expect.stringMatching(/^(unknown|unhealthy)$/) });
    await until(async () => (await healthOf(server))[0]?.status === 'unhealthy');
  });

  it('begins without the failures of its old address', async () => {
    const next = await modelServer('new');
    next.goOn();
    const { server, configure } = await setup([{ ...next.entry, endpoint: '127.0.0.1:9' }]);
    for (let failures = 0; failures < 12; failures += 1) await (await ask(server)).text();
    await configure([next.entry]);
    await refresh(server);
    expect(await textOf(await ask(server))).toBe('new begins and new ends');
  });
});

describe('a configuration none of whose models answers', () => {
  it('is taken, and said aloud with the version to go back to', async () => {
    const good = await modelServer('good');
    const { server, configure } = await setup([good.entry]);
    const { version } = (await (await fetch(`${server.origin}/api/config`)).json()) as { version: string };
    await configure([
      { ...good.entry, endpoint: '127.0.0.1:9' },
      { ...good.entry, id: 'n', endpoint: '127.0.0.1:9' },
    ]);
    await refresh(server);
    await until(() => server.log().includes('None of the 2 models that are new'));
    expect(server.log()).toMatch(new RegExp(`None of the 2 models .* the configuration before it was ${version}`));
    expect(await healthOf(server)).toMatchObject([{ status: 'unhealthy' }, { status: 'unhealthy' }]);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    await configure([good.entry]);
    await refresh(server);
    expect(((await (await fetch(`${server.origin}/api/config`)).json()) as { version: string }).version).toBe(version);
  });
});

describe('a secret', () => {
  it('shows nowhere: not in an answer, an error, a file or the log', async () => {
    // a model server that repeats its caller's key in everything it says
    let told = 0;
    const gossip = await startMisbehavingServer((connection, request) => {
      const key = /^authorization: (.*)$/im.exec(request)?.[1] ?? 'no key came';
      // whose words are quoted, and whose are not
      const status = [400, 401, 422, 500][told++ % 4] ?? 400;
      return connection.write(
        wholeResponse(status, 'application/json', JSON.stringify({ error: { message: `${key} is not welcome`, key } }), { 'X-Key': key }),
      );
    });
    closing(() => gossip.close());
    const s3 = await startS3Bucket();
    closing(() => s3.close());
    const entry = {
      name: 'Gossip',
      endpoint: `127.0.0.1:${gossip.port}`,
      protocol: 'openai-chat',
      model: 'm',
      api_key: 'sk-canary-in-entry',
      headers: { 'X-Key': 'canary-in-header' },
    };
    const models = [
      { ...entry, id: 'one' },
      { ...entry, id: 'two', api_key_env: 'OTHER_API_KEY' },
    ];
    await s3.upload(JSON.stringify({ baseline_models: models, twodelta_models: [], secret: 'canary-in-document' }));
    const secrets = { API_KEY: 'sk-canary-api', OTHER_API_KEY: 'sk-canary-other', ADMIN_TOKEN: 'canary-admin', AWS_SESSION_TOKEN: 'canary-session' };
    const { server, folder } = await setup([], { ...s3.environment, ...secrets, LOG_LEVEL: 'trace' });
    const said: string[] = [];
    const hear = async (response: Promise<Response>) => {
      const { headers, text } = await response.then(async (answer) => ({ headers: JSON.stringify([...answer.headers]), text: await answer.text() }));
      said.push(headers, text);
      return text;
    };
    const lookAround = async () => {
      for (const path of [
        '/api/config',
        '/api/models',
        '/api/models/one',
        '/api/health',
        '/api/checkpoints',
        '/health-check?model=one',
        '/health-check?model=two',
        '/api/openapi.json',
        '/api/models/canary-free',
        '/readyz',
        '/metrics',
      ]) {
        await hear(fetch(server.origin + path));
      }
      for (const model of ['one', 'two', 'none', 'one', 'two', 'one', 'two', 'one', 'two']) await hear(ask(server, model));
      await hear(refresh(server));
      await hear(refresh(server, { Authorization: 'Bearer canary-wrong-token' }));
    };
    await lookAround();
    expect(gossip.requests.some((request) => request.includes('sk-canary-api')) && gossip.requests.some((request) => request.includes('sk-canary-other'))).toBe(
      true,
    );
    for (const wrong of [
      '{"baseline_models":[{"name":"A","key":"sk-canary-cut',
      JSON.stringify({ baseline_models: [{ name: 'A', endpoint: 'http://sk-canary-user:x@a.example' }] }),
      JSON.stringify({ baseline_models: [{ name: 'A', endpoint: 'a.example/?key=sk-canary-query' }] }),
    ]) {
      await s3.upload(wrong);
      await hear(refresh(server, { Authorization: 'Bearer canary-admin' }));
      expect(await hear(fetch(`${server.origin}/api/config`))).toContain('config_invalid');
    }
    await lookAround();
    expect(said.join('\n').replaceAll('canary-free', '')).not.toMatch(/canary/);
    expect(server.log().replaceAll('canary-free', '')).not.toMatch(/canary/);
    expect(await readFile(join(folder, '.tandem/config-from-s3.json'), 'utf8')).not.toMatch(/canary/);
  });
});
