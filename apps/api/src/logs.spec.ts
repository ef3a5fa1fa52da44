import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach, exchange, startMisbehavingServer, until, wholeResponse } from '@tandem/testing';
import { startHeldModel } from './testing/held-model';
import { childrenOf } from './testing/processes';
import { startServer } from './testing/start-server';

const CANARY = 'canary-7f3a';
const closing = closeAfterEach();

interface Line {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  readonly event?: string;
  readonly path?: string;
  readonly status?: number;
  readonly request_id?: string;
}

async function setup(environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-logs-'));
  closing(() => rm(folder, { recursive: true }));
  const model = await startHeldModel();
  closing(() => model.close());
  model.finish();
  const models = [{ name: 'held', endpoint: model.endpoint }, ...(JSON.parse(environment['MORE_MODELS'] ?? '[]') as object[])];
  const server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(models), ...environment });
  closing(() => server.stop());
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(server.origin + path, init);
    await response.text();
    return response;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    get(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const lines = (): Line[] =>
    server
      .log()
      .split('\n')
      // what follows the last line's end is the beginning of another
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  const lineOf = async (is: (line: Line) => boolean): Promise<Line> => {
    await until(() => lines().some(is));
    return lines().find(is) as Line;
  };
  return { server, get, post, lines, lineOf };
}

describe('the log', () => {
  it('is one JSON object a line, and says of every request what it was and how it went', async () => {
    const { get, post, lineOf } = await setup();
    await get('/health-check?model=held');
    expect(await lineOf(({ path }) => path === '/health-check')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      request_id: expect.any(String),
      context: 'Http',
      event: 'request',
      method: 'GET',
      path: '/health-check',
      status: 200,
      duration_ms: expect.any(Number),
      client: '127.0.0.1',
      msg: expect.stringMatching(/^GET \/health-check 200 in [\d.]+ ms$/),
    });
    await post('/stream', { model: 'nobody', prompt: 'Hi' });
    expect(await lineOf(({ status }) => status === 404)).toMatchObject({ level: 'info', path: '/stream', code: 'model_not_found' });
  });

  it('has a line for every answer, and the same request id in all lines of one request', async () => {
    const { get, lines, lineOf } = await setup();
    const { headers } = await get('/stream?model=held&prompt=Hi', { headers: { 'X-Request-Id': 'mine' } });
    const stream_id = headers.get('x-stream-id');
    expect(await lineOf(({ event }) => event === 'answer')).toMatchObject({
      request_id: 'mine',
      stream_id,
      model: 'held',
      finish_reason: 'stop',
      ttft_ms: expect.any(Number),
      total_ms: expect.any(Number),
    });
    expect(await lineOf(({ path }) => path === '/stream')).toMatchObject({ request_id: 'mine', stream_id, status: 200 });
    expect(lines().filter(({ request_id }) => request_id === 'mine')).toHaveLength(2);
  });

  it('ties what outlives a request to no request', async () => {
    const { server, get, lines, lineOf } = await setup({ CHECKPOINTS_DIR: join(import.meta.dirname, '../../../checkpoints') });
    const starts = () => lines().filter(({ msg }) => msg.startsWith('Ready: '));
    await until(() => starts().length === 1);
    for (const engine of childrenOf(server.pid)) process.kill(engine, 'SIGKILL');
    await until(() => server.log().includes('The engine process is gone'));
    await get('/stream?model=sft/tandem-tiny-chat.gguf&prompt=Hi&max_tokens=2', { headers: { 'X-Request-Id': 'mine' } });
    await until(() => starts().length === 2);
    expect(starts().map(({ request_id }) => request_id)).toEqual([undefined, undefined]);
    expect(await lineOf(({ event }) => event === 'answer')).toMatchObject({ request_id: 'mine' });
  });

  it('says what was refused before it could be read, with the id that the client was given', async () => {
    const { server, lineOf } = await setup();
    const port = Number(new URL(server.origin).port);
    for (const [bytes, status, code] of [
      [`GET /${CANARY} HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
      [`${CANARY}\r\n\r\n`, 400, 'invalid_request'],
    ] as const) {
      const [, request_id] = /x-request-id: (\S+)/i.exec(await exchange(port, bytes)) ?? [];
      expect(await lineOf((line) => line.request_id === request_id)).toEqual({
        level: 'info',
        time: expect.any(String),
        request_id,
        context: 'Http',
        event: 'request',
        status,
        code,
        client: '127.0.0.1',
        msg: `refused with ${status} before it could be read: ${code}`,
      });
    }
    expect(server.log()).not.toContain(CANARY);
  });

  it('leaves out what machines ask again and again, and shows it when it is told to', async () => {
    const ask = async (LOG_LEVEL: string) => {
      const { get, lines, lineOf } = await setup({ LOG_LEVEL });
      for (const path of ['/healthz', '/readyz', '/favicon.svg', '/api/models']) await get(path);
      await lineOf(({ path }) => path === '/api/models');
      return lines().flatMap(({ path }) => path ?? []);
    };
    expect(await ask('info')).toEqual(['/api/models']);
    expect(await ask('debug')).toEqual(['/healthz', '/readyz', '/favicon.svg', '/api/models']);
  });

  it('holds no prompt, body, key, cookie or header, even at the trace level and when things fail', async () => {
    const echoing = await startMisbehavingServer(async (connection) => {
      await connection.write(wholeResponse(500, 'text/plain', `it broke over ${CANARY}`));
    });
    closing(() => echoing.close());
    const MORE_MODELS = JSON.stringify([
      { name: 'broken', endpoint: echoing.url.host, protocol: 'openai-chat', model: 'm' },
      { name: 'gone', endpoint: '127.0.0.1:9', protocol: 'openai-chat', model: 'm' },
    ]);
    const { server, get, post, lineOf } = await setup({ LOG_LEVEL: 'trace', MORE_MODELS, API_KEY: CANARY, ADMIN_TOKEN: CANARY });
    const headers = { Authorization: `Bearer ${CANARY}`, Cookie: `session=${CANARY}`, 'X-Api-Key': CANARY };
    for (const model of ['held', 'broken', 'gone', 'nobody']) {
      await get(`/stream?model=${model}&prompt=${CANARY}`, { headers });
      await post('/stream', { model, prompt: CANARY, system: CANARY }, headers);
      await post('/api/generate', { model, message: CANARY, history: [{ role: 'user', content: CANARY }] }, headers);
    }
    await post('/stream', `{"model":"held","prompt":"${CANARY}`, headers);
    await post('/stream', { model: 'held', prompt: 'x', surprise: CANARY }, headers);
    await post('/stream', { model: 'held', prompt: [CANARY] }, headers);
    await post('/api/config/refresh', {}, headers);
    await get('/api/last-one', { headers });
    await lineOf(({ path }) => path === '/api/last-one');
    expect(server.log()).toContain('"path":"/api/generate"');
    expect(server.log()).not.toContain(CANARY);
  });

  it('speaks to people where that is asked for', async () => {
    const { server, get } = await setup({ LOG_FORMAT: 'pretty' });
    await get('/api/models');
    await until(() => /INFO.*Http: GET \/api\/models 200 in [\d.]+ ms/.test(server.log()));
    expect(server.log()).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: Config: 2 models configured/m);
  });
});
