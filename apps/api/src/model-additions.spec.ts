import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelBody, ModelListBody } from '@tandem/shared/contracts';
import { closeAfterEach, freePort, keepFromWriting, share, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { KEEPS_NOTHING, type RunningServer, startServer } from './testing/start-server';

const closing = closeAfterEach();

const BASE = { id: 'base', name: 'Base', endpoint: 'models.example.com' };
const DOCUMENT = { note: 'ours', baseline_models: [BASE], twodelta_models: [] };
const MINE = { name: 'Mine', endpoint: 'localhost:8000', baseline_id: 'base' };

async function setup(environment: Record<string, string> = {}, text = JSON.stringify(DOCUMENT, null, 2), later = closing) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-additions-'));
  later(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'config.json');
  if (text !== '') await writeFile(file, text);
  const server = await startServer(folder, { ...KEEPS_NOTHING, HEALTH_INTERVAL_SECONDS: '86400', ...environment });
  later(() => server.stop());
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.origin}/api/config/models${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> & { error?: { code: string; message: string; param?: string } } };
  };
  const add = (entry: object, side = 'twodelta', headers: Record<string, string> = {}) => post('', { side, entry }, headers);
  const test = (entry: object, headers: Record<string, string> = {}) => post('/test', { entry }, headers);
  const read = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  return { folder, file, server, add, test, read };
}

/** For those who change nothing. */
const unchanged = share((later) => setup({ ACME_API_KEY: 'key-of-acme' }, undefined, later));

const modelsOf = async (server: RunningServer) => ((await (await fetch(`${server.origin}/api/models`)).json()) as ModelListBody).models;

describe('a model that is added', () => {
  it('is in the file and in force when the answer comes', async () => {
    const { server, add, read, folder } = await setup();
    expect(await add(MINE)).toEqual({ status: 201, body: { status: 'success', id: 'mine' } });
    expect(await read()).toEqual({ ...DOCUMENT, twodelta_models: [MINE] });
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const { model } = (await (await fetch(`${server.origin}/api/models/mine`)).json()) as ModelBody;
    expect(model).toMatchObject({ role: 'twodelta', source: 'file', baseline_id: 'base', endpoint: 'localhost:8000' });
  });

  it('stands beside others that are added in the same moment', async () => {
    const { add, read } = await setup();
    const names = ['One', 'Two', 'Three', 'Four'];
    const answers = await Promise.all(names.map((name) => add({ name, endpoint: 'localhost:8000' })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { twodelta_models: kept } = (await read()) as { twodelta_models: { name: string }[] };
    expect(kept.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it('leaves the models in force that came with Tandem, where there is no file yet', async () => {
    const { server, add } = await setup({}, '');
    expect((await add({ name: 'Mine', endpoint: 'localhost:8000' })).status).toBe(201);
    expect((await modelsOf(server)).map(({ id, source }) => `${id} ${source}`)).toEqual(['tandem-tiny-base default', 'tandem-tiny-chat file', 'mine file']);
  });

  it.each([
    ['a name that is taken', { name: 'Base', endpoint: 'localhost:1' }, 409, 'conflict', /"Base" is configured already, as "base"/],
    ['an id that is taken', { ...MINE, id: 'base' }, 409, 'conflict', /"Base" is configured already/],
    ['a baseline that there is not', { ...MINE, baseline_id: 'bass' }, 400, 'invalid_request', /the model "bass", which there is not\. Ids there are: base/],
    ['an address of the cloud', { ...MINE, endpoint: '169.254.169.254' }, 400, 'invalid_request', /^entry\.endpoint: .*link-local, metadata/],
    ['a scheme of its own', { ...MINE, endpoint: 'file:///etc/passwd' }, 400, 'invalid_request', /only http:\/\/ and https:\/\//],
    ['a variable that is no key', { ...MINE, api_key_env: 'DATABASE_URL' }, 400, 'invalid_request', /entry\.api_key_env must name a variable/],
    ['a field that is not known', { ...MINE, api_key: 'secret' }, 400, 'unknown_field', /"entry\.api_key" is not known/],
    ['a placeholder', { ...MINE, model: '${NAME}' }, 400, 'invalid_request', /entry\.model holds a placeholder/],
  ])('is refused with %s, and nothing changes', async (_, model, status, code, message) => {
    const { add, read } = unchanged();
    const answer = await add(model);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(answer.body.error?.message).toMatch(message);
    expect(await read()).toEqual(DOCUMENT);
  });

  it('is refused where its list comes from the environment', async () => {
    const { add, read } = await setup({ TWODELTA_MODELS: '[]' });
    const answer = await add(MINE);
    expect([answer.status, answer.body.error?.message]).toEqual([
      409,
      expect.stringMatching(/^twodelta_models comes from the environment, .* Add the model there\.$/),
    ]);
    expect(await read()).toEqual(DOCUMENT);
  });

  it('is refused where Tandem itself would answer', async () => {
    const port = String(await freePort());
    const { server, add } = await setup({ PORT: port });
    expect(new URL(server.origin).port).toBe(port);
    expect((await add({ ...MINE, endpoint: `localhost:${port}` })).body.error).toMatchObject({ code: 'invalid_request', param: 'entry.endpoint' });
  });

  it('is refused where the file is gone meanwhile', async () => {
    const { file, add } = await setup();
    await rm(file);
    const { status, body } = await add({ name: 'Mine', endpoint: 'localhost:8000' });
    expect([status, body.error?.message]).toEqual([409, expect.stringMatching(/^config\.json does not hold "Base" any more, which is in force\./)]);
  });

  it('is refused where the file cannot be written', async () => {
    const { folder, add } = await setup();
    keepFromWriting(folder, closing);
    const { status, body } = await add(MINE);
    const message = /config\.json cannot be written \((?:EACCES|EROFS)\)\. Add the model there by hand/;
    expect([status, body.error]).toEqual([409, expect.objectContaining({ code: 'conflict', message: expect.stringMatching(message) })]);
  });
});

describe('a model that is tested', () => {
  const LIST = JSON.stringify({ object: 'list', data: [{ id: 'acme/mine', owned_by: 'vllm', max_model_len: 8192 }] });
  const modelServer = async (list = LIST) => {
    const server = await startMisbehavingServer((connection, asked) =>
      connection.write(wholeResponse(asked.startsWith('GET /v1/models') ? 200 : 404, 'application/json', asked.startsWith('GET /v1/models') ? list : '{}')),
    );
    closing(() => server.close());
    return server;
  };

  it('is asked what a check asks, with the key that it would have, and is kept nowhere', async () => {
    const models = await modelServer();
    const { server, test, read } = unchanged();
    const endpoint = `127.0.0.1:${models.port}`;
    const answer = await test({ name: 'Mine', endpoint, api_key_env: 'ACME_API_KEY' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'success', healthy: true, health: 'healthy', cause: null, identity: { model: 'acme/mine', context_length: 8192 } },
    });
    expect(models.requests.some((asked) => /^GET \/v1\/models [\s\S]*authorization: Bearer key-of-acme/i.test(asked))).toBe(true);
    expect(models.requests.every((asked) => asked.startsWith('GET '))).toBe(true);
    expect((await modelsOf(server)).map(({ id }) => id)).toEqual(['base']);
    expect(await read()).toEqual(DOCUMENT);
  });

  it('is told what is wrong with it and what to do', async () => {
    const models = await modelServer();
    const { test } = unchanged();
    const wrong = await test({ name: 'Mine', endpoint: `127.0.0.1:${models.port}`, model: 'other' });
    expect(wrong.body).toMatchObject({ healthy: false, cause: 'wrong_model', hint: expect.stringContaining('it lists: acme/mine') });
    expect((await test({ name: 'Mine', endpoint: '127.0.0.1:9' })).body).toMatchObject({ healthy: false, cause: 'unreachable' });
    expect((await test({ name: 'Mine', endpoint: 'local:sft/none.gguf' })).body).toMatchObject({ healthy: false, cause: 'unusable_file' });
  });

  it('is not asked at an address that no configuration may hold', async () => {
    const { test } = unchanged();
    for (const endpoint of ['169.254.169.254', 'http://[fe80::1]:80', 'metadata.google.internal', 'ftp://localhost', 'user:pass@localhost:1'])
      expect([endpoint, (await test({ name: 'Mine', endpoint })).status]).toEqual([endpoint, 400]);
  });
});

describe('who may add a model', () => {
  const CLOSED = { ADMIN_TOKEN: 'an-admin-token', ACCESS_TOKENS: 'an-access-token' };
  const bearing = (token: string) => ({ Authorization: `Bearer ${token}` });
  const known = share((later) => setup({ ALLOWED_HOSTS: 'tandem.example.com', CORS_ORIGINS: 'http://tandem.example.com' }, undefined, later));

  it('is who has the admin token, where there is one', async () => {
    const { add, test } = await setup(CLOSED);
    for (const headers of [{}, bearing('an-access-token'), bearing('a-wrong-token')]) {
      expect((await add(MINE, 'twodelta', headers)).status).toBe(401);
      expect((await test(MINE, headers)).status).toBe(401);
    }
    expect((await add(MINE, 'twodelta', bearing('an-admin-token'))).status).toBe(201);
  });

  it('is nobody, where there are access tokens alone', async () => {
    const { add } = await setup({ ACCESS_TOKENS: 'an-access-token' });
    expect((await add(MINE, 'twodelta', bearing('an-access-token'))).body.error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('set ADMIN_TOKEN'),
    });
  });

  it.each([
    ['asks by a proxy', { 'X-Forwarded-For': '203.0.113.7' }],
    ['asks by another name', { Host: 'tandem.example.com' }],
    ['asks from a page of another name', { Origin: 'http://tandem.example.com' }],
  ])('is nobody who %s, where there is no token', async (_, headers) => {
    const { server, read } = known();
    // `fetch` writes some of these headers itself
    const status = await new Promise((resolve, reject) => {
      const text = JSON.stringify({ side: 'twodelta', entry: MINE });
      const asked = request(`${server.origin}/api/config/models`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end(text);
    });
    expect(status).toBe(403);
    expect(await read()).toEqual(DOCUMENT);
  });
});
