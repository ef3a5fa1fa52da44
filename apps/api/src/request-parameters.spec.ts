import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, StreamFrame } from '@tandem/shared/contracts';
import { chatEvent, chunk, event, EVENT_STREAM_HEAD, exchange, LAST_CHUNK, type MisbehavingServer, startMisbehavingServer } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const LIMIT = 1_000_000;

let folder: string;
let upstream: MisbehavingServer;
let server: RunningServer;
/** The last text of every conversation that the model server was asked with. */
let asked: string[];

/** A model server that answers with what it is asked. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-parameters-'));
  upstream = await startMisbehavingServer(async (connection, request) => {
    const { messages } = JSON.parse(request.slice(request.indexOf('\r\n\r\n') + 4) || '{}') as { messages?: { content: string }[] };
    const text = messages?.at(-1)?.content;
    if (text === undefined) return connection.close();
    asked.push(text);
    await connection.write(EVENT_STREAM_HEAD);
    await connection.write(Buffer.concat([chunk(chatEvent(text)), chunk(chatEvent(null, 'stop')), chunk(event('[DONE]')), Buffer.from(LAST_CHUNK)]));
  });
  const model = { id: 'echo', name: 'Echo', endpoint: `127.0.0.1:${upstream.port}`, protocol: 'openai-chat', model: 'echo' };
  server = await startServer(folder, { BASELINE_MODELS: JSON.stringify([model]), TWODELTA_MODELS: '[]', HEALTH_INTERVAL_SECONDS: '86400' });
});

beforeEach(() => void (asked = []));

afterAll(async () => {
  await server.stop();
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
  fetch(server.origin + path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

const errorOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as ErrorBody).error });

async function textOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  const frames = [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
  expect(frames.at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
  return frames.map(({ token }) => token).join('');
}

/** The three ways to ask, each with the fields that all of them know. */
const WAYS = [
  ['POST /stream', (fields: object) => post('/stream', { model: 'echo', prompt: 'a', ...fields })],
  [
    'POST /api/generate',
    (fields: object) => post('/api/generate', { model: 'echo', message: 'a', ...renamed(fields, { prompt: 'message', max_tokens: 'max_new_tokens' }) }),
  ],
  [
    'GET /stream',
    (fields: object) => fetch(`${server.origin}/stream?${new URLSearchParams({ model: 'echo', prompt: 'a', ...fields } as Record<string, string>)}`),
  ],
] as const;

function renamed(fields: object, names: Record<string, string>): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}

describe.each(WAYS)('%s', (way, ask) => {
  const isQuery = way.startsWith('GET');
  const nameOf = (field: string): string => (way === 'POST /api/generate' ? ({ prompt: 'message', max_tokens: 'max_new_tokens' }[field] ?? field) : field);

  it.each([
    ['max_tokens', [0, -1, 1.5, 1e9, 32_769, '', 'many'], /an integer from 1 to 32768/],
    ['temperature', [-0.1, 2.1, '', 'hot'], /a number from 0 to 2/],
    ['top_p', [0, -1, 1.01, 'x'], /a number above 0 to 1/],
    ['top_k', [-1, 1001, 0.5, 'x'], /an integer from 0 to 1000/],
    ['repetition_penalty', [0, -1, 2.1, 'x'], /a number above 0 to 2/],
    ['seed', [-1, 0.5, 2 ** 53, 'x'], /an integer from 0 to 9007199254740991/],
  ] as const)('refuses a %s outside its range, and names the range', async (field, values, range) => {
    const odd = isQuery ? ['NaN', 'Infinity', '1e999', '0x10', ' 1', '1_0'] : [true, [1], {}, '1'];
    for (const value of [...values, ...odd]) {
      const error = await errorOf(await ask({ [field]: value }));
      expect({ value, ...error }).toMatchObject({ value, status: 400, code: 'invalid_request', param: nameOf(field), message: expect.stringMatching(range) });
    }
    expect(asked).toEqual([]);
  });

  it('takes both ends of every range', async () => {
    const lowest = { max_tokens: 1, temperature: 0, top_p: 1e-9, top_k: 0, repetition_penalty: 1e-9, seed: 0 };
    const highest = { max_tokens: 32_768, temperature: 2, top_p: 1, top_k: 1000, repetition_penalty: 2, seed: 2 ** 53 - 1 };
    for (const fields of [lowest, highest]) expect(await textOf(await ask(fields))).toBe('a');
  });

  it.each([['missing'], [''], ['  '], ['\n\t'], [null], [7], [['a']], [{ text: 'a' }]])('refuses the prompt %j', async (prompt) => {
    // what an address cannot say it says as text
    if (isQuery && prompt !== 'missing' && typeof prompt !== 'string') return;
    const error = await errorOf(await ask({ prompt: prompt === 'missing' ? (isQuery ? '' : undefined) : prompt }));
    expect(error).toMatchObject({ status: 400, code: 'invalid_request', param: nameOf('prompt'), message: expect.stringMatching(/text that is not blank/) });
  });

  it.each(['n', 'logprobs', 'logit_bias', 'api_base', 'endpoint', 'baseUrl', 'base_url', 'headers', 'apiKey', 'api_key', 'url', 'Temperature'])(
    'refuses the field %s rather than passing it on',
    async (field) => {
      expect(await errorOf(await ask({ [field]: 'http://127.0.0.1:1/' }))).toMatchObject({ status: 400, code: 'unknown_field', param: field });
      expect(asked).toEqual([]);
    },
  );

  it.each([
    ['ECHO'],
    ['echo '],
    ['ech'],
    ['../../etc/passwd'],
    ['%2e%2e%2fetc%2fpasswd'],
    ['..\\..\\windows'],
    ['/etc/passwd'],
    ['local:../../etc/passwd'],
    ['a.gguf\0.txt'],
    ['http://127.0.0.1:1/'],
    ['__proto__'],
    ['constructor'],
    ['x'.repeat(isQuery ? 9_000 : 10_000)],
  ])('knows no model %j', async (model) => {
    const error = await errorOf(await ask({ model }));
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', message: expect.stringContaining('Known models: echo.') });
    expect(error.message.length).toBeLessThan(300);
  });

  it.each([
    ['naïve 👩‍👩‍👧‍👦 \u{1F600}'],
    ['right to left \u202e and back \u202c, \u2028 lines \u2029'],
    ['\uFEFFa mark, \u00a0 spaces\u200b, \u0001\u001f\u007f\u0085 controls'],
    [`e${'\u0301'.repeat(500)}`],
    ['a\r\nb\rc\nd\n\ndata: {"token":"x","done":true}\n\n'],
    ['"\\u0041\\"</script><!--'],
  ])('brings %j to the model and back as it is', async (prompt) => {
    expect(await textOf(await ask({ prompt }))).toBe(prompt);
    expect(asked).toEqual([prompt]);
  });
});

describe('what only a body can say', () => {
  it.each([['\ud83d'], ['\udc00\ud800'], ['a\0b']])('%j comes to the model and back as it is', async (prompt) => {
    expect(await textOf(await post('/stream', { model: 'echo', prompt }))).toBe(prompt);
    expect(asked).toEqual([prompt]);
  });

  it.each([
    ['1 character', 'x', true],
    ['1,000,000 characters', 'é'.repeat(LIMIT), true],
    ['1,000,001 characters', 'x'.repeat(LIMIT + 1), false],
  ])('a prompt of %s', async (_, prompt, isTaken) => {
    const response = await post('/stream', { model: 'echo', prompt });
    if (isTaken) expect((await textOf(response)) === prompt).toBe(true);
    else expect(await errorOf(response)).toMatchObject({ status: 400, param: 'prompt', message: expect.stringMatching(/1000001 .* 1000000/) });
  });

  it.each([
    ['cut short', '{"model":"echo","prompt":"a', 400, 'invalid_json'],
    ['empty', '', 400, 'invalid_request'],
    ['only space', '  ', 400, 'invalid_json'],
    ['a list', '[{"model":"echo"}]', 400, 'invalid_json'],
    ['a text', '"echo"', 400, 'invalid_json'],
    ['a number', '7', 400, 'invalid_json'],
    ['null', 'null', 400, 'invalid_json'],
    ['with a value that JSON has not', '{"model":"echo","prompt":"a","temperature":NaN}', 400, 'invalid_json'],
    ['with a number beyond all numbers', '{"model":"echo","prompt":"a","max_tokens":1e999}', 400, 'invalid_request'],
    ['nested too deep to be meant', `{"model":"echo","prompt":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'invalid_request'],
    ['with 10,000 stop strings', JSON.stringify({ model: 'echo', prompt: 'a', stop: Array(10_000).fill('x') }), 400, 'invalid_request'],
    [
      'with 10,000 biases',
      JSON.stringify({ model: 'echo', prompt: 'a', logit_bias: Object.fromEntries(Array.from({ length: 10_000 }, (__, at) => [at, 1])) }),
      400,
      'unknown_field',
    ],
  ])('a body that is %s is refused', async (_, body, status, code) => {
    expect(await errorOf(await post('/stream', body))).toMatchObject({ status, code });
    expect(asked).toEqual([]);
  });

  it.each(['/api/chat/clear', '/api/config/refresh', '/stream', '/api/generate', '/api/models/echo/unload'])(
    'prototypes are left alone by %s',
    async (path) => {
      for (const field of ['__proto__', 'constructor', 'prototype']) {
        expect(await errorOf(await post(path, `{"${field}":{"isAdmin":true}}`))).toMatchObject({ status: 400, code: 'unknown_field', param: field });
      }
    },
  );

  it('prototypes are left alone by what is nested', async () => {
    const message = '{"role":"user","content":"a","__proto__":{"isAdmin":true}}';
    expect(await errorOf(await post('/stream', `{"model":"echo","messages":[${message}]}`))).toMatchObject({ status: 400, param: '__proto__' });
  });

  it.each([
    ['text/plain', { 'Content-Type': 'text/plain' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['nothing', null],
  ])('JSON declared as %s is not taken', async (_, headers) => {
    const body = '{"model":"echo","prompt":"a"}';
    const lines = [
      'POST /stream HTTP/1.1',
      'Host: localhost',
      'Connection: close',
      `Content-Length: ${body.length}`,
      ...Object.entries(headers ?? {}).map((pair) => pair.join(': ')),
    ];
    expect(await exchange(Number(new URL(server.origin).port), `${lines.join('\r\n')}\r\n\r\n${body}`)).toMatch(
      /^HTTP\/1\.1 415 [\s\S]*"unsupported_media_type"/,
    );
    expect(asked).toEqual([]);
  });
});

describe('what only an address can say', () => {
  it.each([
    ['model=echo&model=echo&prompt=a', 'model'],
    ['model[]=echo&prompt=a', 'model'],
    ['model=echo&prompt=a&prompt=b', 'prompt'],
    ['model=echo&prompt=a&top_k=1&top_k=2', 'top_k'],
    ['model=echo&prompt=a&seed=1&seed=2', 'seed'],
    ['model=echo&prompt=a&system=1&system=2', 'system'],
    ['prompt=a', 'model'],
  ])('%s is refused', async (query, param) => {
    const error = await errorOf(await fetch(`${server.origin}/stream?${query}`));
    expect([error.status, error.param?.replace('[]', '')]).toEqual([400, param]);
  });

  it.each([
    '/health-check?model=echo&model=echo',
    '/api/models?page=-1',
    '/api/models?limit=1e9',
    '/api/models?sort=name%3Bdrop',
    '/api/health?model=echo',
    '/api/config?x=1',
  ])('%s is refused', async (path) => expect(await errorOf(await fetch(server.origin + path))).toMatchObject({ status: 400 }));

  it.each([
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cwindows',
    '%2fetc%2fpasswd',
    'a.gguf%00.txt',
    'x'.repeat(10_000),
    'ECHO',
    'echo%20',
  ])('GET /api/models/%s finds nothing', async (id) => {
    const answer = await exchange(Number(new URL(server.origin).port), `GET /api/models/${id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 [\s\S]*"(model_not_found|not_found)"/);
  });
});
