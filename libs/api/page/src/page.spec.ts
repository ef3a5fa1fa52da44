import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ENVIRONMENT } from '@tandem/api/config';
import { furnishHttp, HttpModule } from '@tandem/api/http';
import { closeAfterEach } from '@tandem/testing';
import { PageModule } from './page.module';

const HTML = `<!doctype html><html><head><base href="/" /><script src="theme.js"></script><link rel="stylesheet" href="styles-ABCDEFGH.css"></head>
<body><tandem-root></tandem-root></body></html>`;
const CHUNKS = '{"compare":["chunk-A.js","chunk-B.js"],"chat":["chunk-C.js"],"models":[],"comparisons":["chunk-B.js"],"runs":["chunk-D.js"]}';
const SCRIPT = `console.log(${JSON.stringify('tandem '.repeat(400))});`;

/** As a browser asks for a page. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

const closeLater = closeAfterEach();

async function setup(basePath = '') {
  const root = mkdtempSync(join(tmpdir(), 'tandem-page-'));
  closeLater(() => rmSync(root, { recursive: true }));
  const files = { 'index.html': HTML, 'theme.js': 'paint()', 'route-chunks.json': CHUNKS, 'styles-ABCDEFGH.css': 'p{margin:0}', 'main-ABCDEFGH.js': SCRIPT };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  writeFileSync(join(root, 'main-ABCDEFGH.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(root, 'main-ABCDEFGH.js.gz'), gzipSync(SCRIPT));

  class EnvironmentModule {}
  Global()(EnvironmentModule);
  Module({ providers: [{ provide: ENVIRONMENT, useValue: { basePath } }], exports: [ENVIRONMENT] })(EnvironmentModule);
  class TestModule {}
  Module({ imports: [HttpModule, EnvironmentModule, PageModule.of(root)] })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false });
  closeLater(() => app.close());
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };

  /** As it comes over the wire: `fetch` would unpack it. */
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: Record<string, string | undefined>; body: Buffer }>((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers, method }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body: Buffer.concat(pieces) }),
        );
      })
        .on('error', reject)
        .end();
    });
  return { get };
}

describe('the files of the page', () => {
  it.each([
    ['br, gzip', 'br', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['gzip;q=1, br;q=0', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['identity', undefined, (body: Buffer) => body],
  ])('come as the build compressed them to who takes %s', async (accepted, encoding, unpack) => {
    const { get } = await setup();
    const { status, headers, body } = await get('/main-ABCDEFGH.js', { 'accept-encoding': accepted });
    expect([status, headers['content-encoding'], headers['vary']]).toEqual([200, encoding, 'Accept-Encoding']);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(unpack(body).toString()).toBe(SCRIPT);
  });

  it('are kept for good where their name holds a hash of them, and asked for anew where not', async () => {
    const { get } = await setup();
    for (const encoding of ['br', 'gzip', 'identity']) {
      expect((await get('/main-ABCDEFGH.js', { 'accept-encoding': encoding })).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    const first = await get('/theme.js');
    expect(first.headers['cache-control']).toBe('no-cache');
    expect((await get('/theme.js', { 'if-none-match': first.headers['etag'] ?? '' })).status).toBe(304);
  });

  it('answer HEAD, and no other method', async () => {
    const { get } = await setup();
    expect(await get('/main-ABCDEFGH.js', { 'accept-encoding': 'br' }, 'HEAD')).toMatchObject({ status: 200, headers: { 'content-encoding': 'br' } });
    expect(await get('/main-ABCDEFGH.js', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each(['/index.html.gz', '/../page.spec.ts', '/%2e%2e/package.json', '/.env', '/nothing.js'])('do not include %s', async (path) => {
    const { get } = await setup();
    expect((await get(path)).status).toBe(404);
  });
});

describe('the page', () => {
  it.each(['/', '/index.html', '/compare', '/chat', '/chat/some', '/models', '/comparisons', '/comparisons/some'])(
    'comes at %s with a nonce of its own, and is kept nowhere',
    async (path) => {
      const { get } = await setup('/tools/tandem');
      const nonceOf = ({ body }: { body: Buffer }) => /nonce="([^"]+)"/.exec(body.toString())?.[1];
      const [one, other] = [await get(path), await get(path)];
      expect([one.status, one.headers['cache-control'], one.headers['content-type']]).toEqual([200, 'no-store', 'text/html; charset=utf-8']);
      expect(nonceOf(one)).not.toBe(nonceOf(other));
      expect(one.headers['content-security-policy']).toContain(`'nonce-${nonceOf(one)}'`);
      expect(one.body.toString()).toContain('<base href="/tools/tandem/"');
      expect(one.body.toString()).toContain('p{margin:0}');
    },
  );

  it.each([
    ['/', ['chunk-A.js', 'chunk-B.js']],
    ['/compare', ['chunk-A.js', 'chunk-B.js']],
    ['/chat/some', ['chunk-C.js']],
    ['/models', []],
    ['/cht', []],
  ])('names at %s what that page needs besides what all need', async (path, chunks) => {
    const { get } = await setup();
    const html = (await get(path, { accept: BROWSER })).body.toString();
    expect([...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, name]) => name)).toEqual(chunks);
  });
});

describe('an address where nothing is', () => {
  it.each(['/cht', '/models/qwen', '/chat/one/two', '/%7e', '/models/'])('is a page to who reads pages: %s', async (path) => {
    const { get } = await setup('/tools/tandem');
    const { status, headers, body } = await get(path, { accept: BROWSER });
    // a slash at the end makes no other address
    expect(status).toBe(path === '/models/' ? 200 : 404);
    expect([headers['content-type'], headers['cache-control'], headers['x-frame-options']]).toEqual(['text/html; charset=utf-8', 'no-store', 'DENY']);
    const nonce = /nonce="([^"]+)"/.exec(body.toString())?.[1];
    expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(body.toString()).toContain('<base href="/tools/tandem/"');
  });

  it.each([undefined, '*/*', 'application/json', 'image/avif,image/webp', 'application/json, text/html'])(
    'is the JSON error to who takes %s',
    async (accept) => {
      const { get } = await setup();
      const { status, headers, body } = await get('/cht', accept === undefined ? {} : { accept });
      expect([status, headers['content-type']]).toEqual([404, 'application/json; charset=utf-8']);
      expect(JSON.parse(body.toString())).toMatchObject({ error: { code: 'not_found' } });
    },
  );

  it('has no page below files, and takes no other method', async () => {
    const { get } = await setup();
    expect((await get('/theme.js/more', { accept: BROWSER })).headers['content-type']).toBe('application/json; charset=utf-8');
    expect((await get('/cht', { accept: BROWSER }, 'POST')).status).toBe(404);
    expect(await get('/cht', { accept: BROWSER }, 'HEAD')).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
  });
});
