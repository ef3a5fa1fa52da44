import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Body, Controller, Get, Ip, Module, Post, Query, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Access, AppLogger, BodySize, type Exchange, Exchanges, furnishHttp, HttpModule, type ServerLimits, UnknownFields } from '@tandem/api/http';
import type { ErrorBody } from '@tandem/shared/contracts';
import { closeAfterEach, dial, exchange, gate, received } from '@tandem/testing';
import { Observable } from 'rxjs';

/** More than the system takes off the server's hands. */
const HUGE = 64 * 1024 * 1024;

@Controller()
@Access('public')
class Routes {
  @Get('api/ip')
  ip(@Ip() ip: string) {
    return { ip };
  }

  @Get('api/one')
  one(@Query('known') known: string | undefined) {
    return { known };
  }

  @Get('healthz')
  @UnknownFields('ignored')
  alive() {
    return { status: 'success' };
  }

  @Post('api/echo')
  @BodySize('prompt')
  echo(@Body() body: object) {
    return body;
  }

  @Post('api/bodiless')
  bodiless() {
    return { status: 'success' };
  }

  @Get('api/huge')
  huge() {
    return 'x'.repeat(HUGE);
  }

  @Get('api/later')
  async later() {
    await late.passed;
    return { status: 'success' };
  }

  @Sse('api/endless')
  endless() {
    return new Observable((subscriber) => subscriber.next({ data: 'first' }));
  }
}

/** When the answer that takes its time comes. */
const late = gate();

@Module({ imports: [HttpModule], controllers: [Routes] })
class TestModule {}

const closing = closeAfterEach();
const lines: string[] = [];
/** One for all: what belongs to no request goes to the first there is. */
const logger = AppLogger.open({ level: 'warn', format: 'json' }, { write: (line: string) => void lines.push(line) });

async function setup(limits: Partial<ServerLimits> = {}) {
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  const exchanges: Exchange[] = [];
  app.get(Exchanges).ended.subscribe((exchange) => exchanges.push(exchange));
  let turnedAway = 0;
  app.get(Exchanges).turnedAway.subscribe(() => turnedAway++);
  lines.length = 0;
  furnishHttp(app, { limits, logger: await logger });
  await app.listen(0, '127.0.0.1');
  closing(() => app.close());
  const { port } = app.getHttpServer().address() as AddressInfo;
  const server = app.getHttpServer() as Server;
  const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
  return { port, origin: `http://127.0.0.1:${port}`, connections, exchanges, turnedAway: () => turnedAway };
}

const head = (path: string, ...headers: string[]) => `${['GET ' + path + ' HTTP/1.1', 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;

/** The status and the error of a raw answer, which must be whole. */
function errorIn(answer: string) {
  const [, status, length] = /^HTTP\/1\.1 (\d+) [\s\S]*?content-length: (\d+)/i.exec(answer) ?? [];
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  expect(Buffer.byteLength(body)).toBe(Number(length));
  expect(answer).toMatch(/content-type: application\/json/i);
  const { error, status: word } = JSON.parse(body) as ErrorBody;
  expect([word, /x-request-id: (.*)\r/i.exec(answer)?.[1]]).toEqual(['error', error.request_id]);
  return { status: Number(status), ...error };
}

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

const itOnLinux = process.platform === 'linux' ? it : it.skip;

describe('slow clients', () => {
  const limits = { headersMs: 300, requestMs: 600, checkMs: 50 };

  /** Sends a byte at a time, for as long as anyone listens. */
  async function drip(port: number, beginning: string): Promise<string> {
    const socket = await dial(port);
    const answer = received(socket);
    socket.write(beginning);
    const timer = setInterval(() => socket.write('x'), 50);
    socket.once('close', () => clearInterval(timer));
    closing(() => void socket.destroy());
    return answer;
  }

  it('are let go, 500 of them, while the others are answered', async () => {
    const { port, origin, exchanges } = await setup({ ...limits, headersMs: 2_000, requestMs: 3_000 });
    const dripping = Array.from({ length: 500 }, () => drip(port, 'GET /healthz HTTP/1.1\r\nX-Slow: '));
    let open = dripping.length;
    const over = Promise.all(dripping.map((answer) => answer.finally(() => (open -= 1))));
    let answered = 0;
    while (open > 0) {
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
      answered += 1;
    }
    expect(answered).toBeGreaterThan(0);
    for (const answer of await over) expect(errorIn(answer)).toMatchObject({ status: 408, code: 'request_timeout', retryable: true });
    expect(exchanges.filter(({ route, status }) => route === 'unread' && status === 408)).toHaveLength(500);
  });

  it('are let go when only the body is slow', async () => {
    const { port, exchanges } = await setup(limits);
    const answer = await drip(port, 'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{');
    expect(errorIn(answer)).toMatchObject({ status: 408, code: 'request_timeout' });
    while (exchanges.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(exchanges).toMatchObject([{ method: 'POST', status: 408, durationMs: expect.any(Number) }]);
  });

  it('are let go when they say nothing at all, which counts for no request', async () => {
    const { port, exchanges } = await setup(limits);
    const socket = await dial(port);
    expect(errorIn(await received(socket))).toMatchObject({ status: 408, code: 'request_timeout' });
    expect(exchanges).toEqual([]);
  });

  it('may take all the time they need to read an answer', async () => {
    const { port } = await setup({ ...limits, keepAliveMs: 100 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/endless'));
    const closed = received(socket).then(() => 'closed');
    // meanwhile the time for a request is over, and that for a connection of no use
    await drip(port, 'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{');
    await exchange(port, head('/healthz'));
    expect(await Promise.race([closed, Promise.resolve('open')])).toBe('open');
  });

  it('are let go when they stop reading', async () => {
    const { port, connections } = await setup({ stalledMs: 300 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/huge'));
    await once(socket, 'readable');
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('are given everything when they read slowly', async () => {
    const stalledMs = 2_000;
    const { port } = await setup({ stalledMs });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    const began = performance.now();
    socket.write(head('/api/huge', 'Connection: close'));
    let bytes = 0;
    for await (const piece of socket) {
      bytes += (piece as Buffer).length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(bytes).toBeGreaterThan(HUGE);
    expect(performance.now() - began).toBeGreaterThan(2 * stalledMs);
  });

  itOnLinux('are kept when they take too little for the system to make room', async () => {
    const stalledMs = 1_500;
    const { port } = await setup({ stalledMs, checkMs: 100 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/huge', 'Connection: close'));
    let bytes = 0;
    const began = performance.now();
    for await (const piece of socket) {
      bytes += (piece as Buffer).length;
      if (performance.now() - began < 4 * stalledMs) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(bytes).toBeGreaterThan(HUGE);
  });

  it('may wait for an answer that takes its time', async () => {
    const { origin, port, connections } = await setup({ stalledMs: 200 });
    const asked = fetch(`${origin}/api/later`);
    const stalled = await dial(port);
    closing(() => void stalled.destroy());
    stalled.write(head('/api/huge'));
    await once(stalled, 'readable');
    // who stops reading is let go meanwhile
    while ((await connections()) > 1) await new Promise((resolve) => setImmediate(resolve));
    late.open();
    expect((await asked).status).toBe(200);
  });

  it('lose a connection that they no longer use', async () => {
    const { port } = await setup({ stalledMs: 60_000, keepAliveMs: 200 });
    expect(await exchange(port, head('/healthz'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('find the door closed when too many are inside, which is counted, and said once', async () => {
    const { port, turnedAway } = await setup({ connections: 3 });
    const inside = await Promise.all([dial(port), dial(port), dial(port)]);
    for (const socket of inside) closing(() => void socket.destroy());
    for (let outside = 0; outside < 3; outside++) expect(await received(await dial(port))).toBe('');
    expect(turnedAway()).toBe(3);
    expect(lines.filter((line) => line.includes('as many connections'))).toHaveLength(1);
    expect(inside.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
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
    const { port, origin } = await setup({ largeBodies: 1, bodyPaceMs: 200 });
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
