import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { deflateSync, gzipSync } from 'node:zlib';
import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { stripBasePath } from './base-path';
import { furnishHttp } from './furnish-http';
import { HttpModule } from './http.module';
import { Readiness } from './readiness';
import { Access, BodySize, Errors, UnknownFields } from './route/route-policy';

@Controller('things')
@Access('public')
@UnknownFields('ignored')
class Things {
  @Get()
  list() {
    return { things: [] };
  }

  @Get('broken')
  broken() {
    throw new Error('secret');
  }

  @Get('openai')
  @Errors('openai')
  forOpenAi() {
    throw new Error('secret');
  }

  @Post()
  @HttpCode(200)
  add(@Body() body: object) {
    return body;
  }

  @Post('prompt')
  @HttpCode(200)
  @BodySize('prompt')
  prompt(@Body() { text }: { text: string }) {
    return { length: text.length };
  }
}

const closers: (() => void | Promise<void>)[] = [];
const closeLater = (close: () => void | Promise<void>): void => void closers.push(close);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Sends bytes as they are, and gives what came until the server closed the connection. */
function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return textOf(socket);
}

async function setup(basePath = '') {
  class TestModule {}
  Module({ imports: [HttpModule], controllers: [Things] })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false, forceCloseConnections: true });
  closeLater(() => app.close());
  app.use(stripBasePath(basePath));
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = '/things') =>
    ask(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  return { app, port, ask, post };
}

const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe('every answer', () => {
  it.each([
    ['client-1:a/b=c+d', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['two words', false],
    ['"quoted"', false],
  ])('names its request as the client did where that is well-formed: %p %p', async (offered, isTaken) => {
    const { ask } = await setup();
    const given = (await ask('/things', { headers: { 'X-Request-Id': offered } })).headers.get('x-request-id');
    expect(given === offered).toBe(isTaken);
    expect(given).toMatch(/^[\w.:+/=-]{1,128}$/);
  });

  it('has the headers that keep a page from being framed, guessed at, or given foreign scripts; none says what runs here', async () => {
    const { ask } = await setup();
    for (const path of ['/things', '/nowhere']) {
      const { headers } = await ask(path);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';script-src 'self' 'nonce-[\w+/=]+';/);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('has a nonce of its own for what its page runs', async () => {
    const { ask } = await setup();
    const nonces = await Promise.all([1, 2].map(async () => /'nonce-([^']+)'/.exec((await ask('/things')).headers.get('content-security-policy') ?? '')?.[1]));
    expect(new Set(nonces).size).toBe(2);
    expect(Buffer.from(nonces[0] ?? '', 'base64')).toHaveLength(16);
  });

  it('asks for a new connection once the process leaves, and not before', async () => {
    const { app, ask } = await setup();
    expect((await ask('/things')).headers.get('connection')).toBe('keep-alive');
    app.get(Readiness).startLeaving();
    expect((await ask('/things')).headers.get('connection')).toBe('close');
  });
});

describe('a failure', () => {
  it('is told in the one shape, with the request’s id, and without what went wrong inside', async () => {
    const { ask } = await setup();
    const response = await ask('/things/broken', { headers: { 'X-Request-Id': 'r-1' } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ status: 'error', error: { code: 'internal_error', request_id: 'r-1' } });
    expect(text).not.toContain('secret');
  });

  it('is told in OpenAI’s shape where a route says so, and that asking again is of no use', async () => {
    const { ask } = await setup();
    const response = await ask('/things/openai');
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({ error: { type: 'server_error', code: 'internal_error' } });
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('is a method that an address does not have, which are named: %s', async (method) => {
    const { ask } = await setup();
    const response = await ask('/things', { method });
    expect([response.status, response.headers.get('allow'), await codeOf(response)]).toEqual([405, 'GET, HEAD, POST', 'method_not_allowed']);
  });

  it('is a request that is none, or names no host', async () => {
    const { port } = await setup();
    expect(await exchange(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_request"/s);
    expect(await exchange(port, 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"param":"Host"/s);
  });
});

describe('a body', () => {
  const text = Array.from({ length: 20_000 }, (_, number) => number).join(' ');
  const large = JSON.stringify({ text });

  it.each([
    ['no JSON', '{"a":', {}, 400, 'invalid_json'],
    ['a list', '[1]', {}, 400, 'invalid_json'],
    ['called something else', '{}', { 'Content-Type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['in another charset', '{}', { 'Content-Type': 'application/json; charset=latin1' }, 415, 'unsupported_media_type'],
    ['compressed in a way that is not supported', '{}', { 'Content-Encoding': 'br' }, 415, 'unsupported_media_type'],
    ['not what its encoding says', '{}', { 'Content-Encoding': 'gzip' }, 400, 'invalid_request'],
    ['larger than its route takes', JSON.stringify({ a: 'x'.repeat(4_096) }), {}, 413, 'payload_too_large'],
    ['of more values than its route takes', JSON.stringify({ a: Array(300).fill(1) }), {}, 400, 'invalid_request'],
    ['about what leads to its class', '{"a":{"__proto__":{}}}', {}, 400, 'unknown_field'],
  ])('is refused that is %s', async (_, body, headers, status, code) => {
    const { post } = await setup();
    const response = await post(body, headers as Record<string, string>);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it.each([
    ['as it is', Buffer.from(large), {}],
    ['in gzip', gzipSync(large), { 'Content-Encoding': 'gzip' }],
    ['in deflate', deflateSync(large), { 'Content-Encoding': 'Deflate' }],
    ['with a byte order mark', Buffer.from(`\ufeff${large}`), {}],
  ])('is read %s, as far as its route takes it', async (_, bytes, headers) => {
    const { post } = await setup();
    const response = await post(new Uint8Array(bytes), headers as Record<string, string>, '/things/prompt');
    expect(await response.json()).toEqual({ length: text.length });
  });

  it('is refused that grows more than a hundredfold, however small it is then', async () => {
    const { post } = await setup();
    const response = await post(new Uint8Array(gzipSync(JSON.stringify({ text: 'x'.repeat(500_000) }))), { 'Content-Encoding': 'gzip' }, '/things/prompt');
    expect([response.status, await codeOf(response)]).toEqual([413, 'payload_too_large']);
  });

  it('may be left out, whatever it is called', async () => {
    const { post } = await setup();
    expect((await post('', { 'Content-Type': 'text/plain' })).status).toBe(200);
  });
});

describe('a base path', () => {
  it.each([
    ['/tools/tandem/things', 200],
    ['/things', 200],
    ['/tools/tandemthings', 404],
  ])('may stand before an address, or have been taken off by a proxy: %s %d', async (path, status) => {
    const { ask } = await setup('/tools/tandem');
    expect((await ask(path)).status).toBe(status);
  });

  it('leads to its slash, with what was asked', async () => {
    const { ask } = await setup('/tools/tandem');
    const { status, headers } = await ask('/tools/tandem?model=a');
    expect([status, headers.get('location')]).toEqual([308, '/tools/tandem/?model=a']);
  });
});
