import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import type { ServerLimits } from '@tandem/api/http';
import type { ErrorBody } from '@tandem/shared/contracts';
import { closeAfterEach, dial, exchange, received } from '@tandem/testing';
import { errorIn, head, startBoundedServer } from './testing/bounded-server';

const closing = closeAfterEach();
const setup = (limits: Partial<ServerLimits> = {}) => startBoundedServer(closing, limits);

describe('a request that is not what HTTP asks for', () => {
  it.each([
    ['headers of 20 KB', head('/healthz', `X-Long: ${'x'.repeat(20_000)}`), 431, 'headers_too_large', /16 KiB/],
    ['an address of 20 KB', head(`/healthz?prompt=${'x'.repeat(20_000)}`), 431, 'headers_too_large', /body of POST \/stream/],
    ['3,000 headers', head('/healthz', ...Array.from({ length: 3_000 }, (_, at) => `x${at}: y`)), 431, 'headers_too_large', /256 headers/],
    [
      'more short headers than anyone needs',
      head('/healthz', 'Connection: close', ...Array.from({ length: 1_000 }, () => 'x: y')),
      431,
      'headers_too_large',
      /256 headers/,
    ],
    ['no request line', 'NONSENSE\r\n\r\n', 400, 'invalid_request', /well-formed/],
    ['a header without a name', head('/healthz', ': x'), 400, 'invalid_request', /well-formed/],
    [
      'two lengths',
      'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc',
      400,
      'invalid_request',
      /well-formed/,
    ],
    ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid_request', /Host/],
    ['a TLS handshake', Buffer.from('160301020001000001fc0303', 'hex'), 400, 'invalid_request', /well-formed/],
  ])('is refused in the one error shape when it has %s', async (_, bytes, status, code, message) => {
    const { port, origin } = await setup();
    expect(errorIn(await exchange(port, bytes))).toMatchObject({ status, code, message: expect.stringMatching(message) });
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  it('is answered all the same when it expects something unknown', async () => {
    const { port } = await setup();
    expect(await exchange(port, head('/healthz', 'Expect: miracles', 'Connection: close'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('never writes into an answer that has begun', async () => {
    const { port } = await setup();
    const socket = await dial(port);
    closing(() => void socket.destroy());
    const answer = received(socket);
    socket.write(head('/api/endless'));
    await new Promise<void>((resolve) => socket.on('data', (bytes) => String(bytes).includes('first') && resolve()));
    socket.write('NONSENSE\r\n\r\n');
    expect(await answer).not.toMatch(/well-formed/);
  });
});

describe('large bodies', () => {
  const LARGE = 100_000;
  const head = (more = '') => `POST /api/echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${more}\r\n`;
  const announced = (bytes = LARGE) => head(`Content-Length: ${bytes}\r\n`);
  const sent = async (port: number, bytes: string) => {
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(bytes);
    return { socket, answer: received(socket) };
  };
  const upload = async (origin: string) =>
    (await fetch(`${origin}/api/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}'.padEnd(LARGE) })).status;

  it('are not held up by others that were only announced, chunked or compressed ones', async () => {
    const { port, origin } = await setup({ largeBodies: 1, compressedBodies: 1 });
    for (const idle of [
      announced() + '{}',
      head('Transfer-Encoding: chunked\r\n') + '2\r\n{}\r\n',
      head(`Content-Encoding: gzip\r\nContent-Length: ${LARGE}\r\n`),
    ])
      await sent(port, idle);
    expect(await upload(origin)).toBe(201);
    const compressed = await fetch(`${origin}/api/echo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: new Uint8Array(gzipSync('{"a":1}')),
    });
    expect(await compressed.json()).toEqual({ a: 1 });
  });

  it('wait for one whose data comes, and take its place when no more does', async () => {
    const { port, origin } = await setup({ largeBodies: 1, bodyPaceMs: 2_000 });
    const slow = await sent(port, announced() + ' '.repeat(LARGE - 10));
    const waiting = upload(origin);
    const small = await fetch(`${origin}/api/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' });
    expect(await small.json()).toEqual({ a: 1 });
    expect(errorIn(await slow.answer)).toMatchObject({ status: 408, code: 'request_timeout' });
    expect(await waiting).toBe(201);
  });

  it('give their place back however they end', async () => {
    const { port, origin } = await setup({ largeBodies: 1 });
    const leaving = await sent(port, announced() + ' '.repeat(LARGE - 10));
    leaving.socket.resetAndDestroy();
    for (const body of ['x'.repeat(LARGE), '[]'.padEnd(LARGE), '{}'.padEnd(LARGE), ' '.repeat(9_000_000)]) {
      const response = await fetch(`${origin}/api/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      expect([400, 201, 413]).toContain(response.status);
    }
  });

  it('are refused at once where they are announced too large, before anything of them is sent', async () => {
    const { port } = await setup();
    expect(await exchange(port, announced(99_999_999))).toMatch(/^HTTP\/1\.1 413 /);
    const patient = await sent(port, head('Expect: 100-continue\r\nContent-Length: 99999999\r\n'));
    expect(await patient.answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('are asked for where the client waits to be', async () => {
    const { port } = await setup();
    const { socket, answer } = await sent(port, head('Expect: 100-continue\r\nContent-Length: 7\r\n'));
    await once(socket, 'data');
    socket.write('{"a":1}');
    expect(await answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
  });
});

describe('who asks', () => {
  it('is the connection, whatever the request claims', async () => {
    const { origin } = await setup();
    const headers = { 'X-Forwarded-For': '203.0.113.7', 'X-Real-IP': '203.0.113.7', Forwarded: 'for=203.0.113.7' };
    expect(await (await fetch(`${origin}/api/ip`, { headers })).json()).toEqual({ ip: '127.0.0.1' });
  });
});

describe('fields that a route does not read', () => {
  const ask = async (origin: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(origin + path, init);
    return [response.status, ((await response.json()) as Partial<ErrorBody>).error?.param];
  };
  const posted = (body: string): RequestInit => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body });

  it.each([
    ['/api/ip?page=-1', 'page'],
    ['/api/ip?limit=1e9', 'limit'],
    ['/api/ip?sort=name;drop', 'sort'],
    ['/api/one?known=1&unknown=2', 'unknown'],
    ['/api/ip?__proto__[isAdmin]=1', '__proto__[isAdmin]'],
  ])('are refused by name: %s', async (path, param) => {
    const { origin } = await setup();
    expect(await ask(origin, path)).toEqual([400, param]);
  });

  it('are refused in a body too', async () => {
    const { origin } = await setup();
    expect(await ask(origin, '/api/bodiless', posted('{"force":true}'))).toEqual([400, 'force']);
    expect(await ask(origin, '/api/echo?x=1', posted('{}'))).toEqual([400, 'x']);
  });

  it('are let pass where a route reads them, and by probes', async () => {
    const { origin } = await setup();
    expect(await ask(origin, '/api/one?known=1')).toEqual([200, undefined]);
    expect(await ask(origin, '/healthz?verbose=1')).toEqual([200, undefined]);
    expect(await ask(origin, '/api/bodiless', posted('{}'))).toEqual([201, undefined]);
  });
});
