import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { ErrorBody } from '@tandem/shared/contracts';
import { dial, exchange } from '@tandem/testing';
import { residentMb } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const LIMIT = 8 * 1024 * 1024;
const MIB = 1024 * 1024;

let folder: string;
let server: RunningServer;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-limits-'));
  server = await startServer(folder, { BASELINE_MODELS: '[{"id":"nobody","name":"Nobody","endpoint":"127.0.0.1:9"}]', TWODELTA_MODELS: '[]' });
  port = Number(new URL(server.origin).port);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  return { status: response.status, ...((await response.json()) as ErrorBody).error };
}

/** A sound request of exactly that many bytes, for a model that is not there: whether it is read shows in the answer. */
const requestOf = (bytes: number): string => '{"model":"no such model","prompt":"a"}'.padEnd(bytes);

/** The same with blanks that can hardly be compressed. */
const noise = (bytes: number): string => {
  const begin = requestOf(0);
  return begin + Array.from(randomBytes(bytes - begin.length), (byte) => ' \n\t\r'[byte % 4]).join('');
};

const isAlive = async (): Promise<boolean> => (await fetch(`${server.origin}/healthz`)).status === 200;

describe('the size of a body', () => {
  it.each([
    ['150 KB', 150_000],
    ['1 MiB', MIB],
    ['8 MiB', LIMIT],
  ])('may be %s', async (_, bytes) => {
    expect(await post(requestOf(bytes))).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it.each([
    ['one byte more than 8 MiB', LIMIT + 1],
    ['32 MiB', 4 * LIMIT],
  ])('may not be %s, and the answer names the limit', async (_, bytes) => {
    expect(await post(requestOf(bytes))).toMatchObject({ status: 413, code: 'payload_too_large', message: expect.stringContaining('8388608 bytes (8 MiB)') });
  });

  it('is measured as well where it is not announced', async () => {
    const piece = `${MIB.toString(16)}\r\n${' '.repeat(MIB)}\r\n`;
    const head = 'POST /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await exchange(port, head, ...Array<string>(9).fill(piece), '0\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('a compressed body', () => {
  it.each([
    ['gzip', gzipSync(noise(LIMIT))],
    ['deflate', deflateSync(noise(LIMIT))],
    ['gzip', gzipSync(requestOf(60_000))],
  ])('is read as %s up to the limit', async (encoding, body) => {
    expect(await post(new Uint8Array(body), { 'Content-Encoding': encoding })).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('that grows more than a hundredfold is refused, however small it is then', async () => {
    expect(await post(new Uint8Array(gzipSync(requestOf(MIB))), { 'Content-Encoding': 'gzip' })).toMatchObject({
      status: 413,
      message: expect.stringContaining('100 times'),
    });
  });

  it('that inflates a thousandfold is refused by what it inflates to, and takes no memory', async () => {
    const spaces = Buffer.alloc(256 * MIB, ' ');
    const bombs = [
      ['gzip', gzipSync(spaces)],
      ['deflate', deflateSync(spaces)],
    ] as const;
    for (const [, bomb] of bombs) expect(spaces.length / bomb.length).toBeGreaterThan(500);
    const before = residentMb(server.pid);
    for (const [encoding, bomb] of bombs) {
      const answers = await Promise.all(Array.from({ length: 40 }, () => post(new Uint8Array(bomb), { 'Content-Encoding': encoding })));
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 413, code: 'payload_too_large', message: expect.stringContaining('after decompression') });
    }
    expect(residentMb(server.pid) - before).toBeLessThan(200);
  });

  it.each([
    ['compress', Buffer.from('x'), 415, 'unsupported_media_type', /gzip or deflate/],
    ['br', brotliCompressSync('{}'), 415, 'unsupported_media_type', /gzip or deflate/],
    ['zstd', zstdCompressSync('{}'), 415, 'unsupported_media_type', /gzip or deflate/],
    ['gzip, gzip', gzipSync(gzipSync('{}')), 415, 'unsupported_media_type', /gzip or deflate/],
    ['gzip', Buffer.from('{"model":"echo"}'), 400, 'invalid_request', /not what its Content-Encoding says/],
    ['gzip', gzipSync(requestOf(1000)).subarray(0, 30), 400, 'invalid_request', /not what its Content-Encoding says/],
  ])('is refused when it is %s and cannot be read (%#)', async (encoding, body, status, code, message) => {
    expect(await post(new Uint8Array(body), { 'Content-Encoding': encoding })).toMatchObject({ status, code, message: expect.stringMatching(message) });
  });
});

describe('a body that is not what it says', () => {
  it.each([['latin1'], ['utf-7'], ['UTF-16LE'], ['"nonsense"']])('is refused as %s text', async (charset) => {
    expect(await post('{}', { 'Content-Type': `application/json; charset=${charset}` })).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
      message: expect.stringContaining('UTF-8'),
    });
  });

  it('harms nobody when it ends too early', async () => {
    for (let client = 0; client < 20; client += 1) {
      const socket = await dial(port);
      socket.write('POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"model"');
      if (client % 2 === 0) socket.resetAndDestroy();
      else socket.end();
    }
    expect(await isAlive()).toBe(true);
    expect(server.log()).not.toMatch(/"level":"error"|"level":50/);
  });

  it.each(['application/json;charset=UTF-8', 'application/json; charset="utf-8"', 'Application/JSON'])('is taken as %s', async (type) => {
    expect(await post(requestOf(100), { 'Content-Type': type })).toMatchObject({ status: 404 });
  });

  it('is refused when more follows than the length that it announces', async () => {
    const answer = await exchange(
      port,
      'POST /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{"model":"x"}',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(await isAlive()).toBe(true);
  });
});

describe('the head of a request', () => {
  it.each([
    ['20 KB of headers', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['3,000 headers', `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${'x: y\r\n'.repeat(3_000)}\r\n`, 431],
    ['an address of 20 KB', `GET /stream?prompt=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['no sense', 'what?\r\n\r\n', 400],
  ])('with %s is refused as JSON', async (_, bytes, status) => {
    const answer = await exchange(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      status: 'error',
      error: { code: expect.any(String), message: expect.any(String), request_id: expect.any(String) },
    });
    expect(await isAlive()).toBe(true);
  });

  it('may take up to 16 KB', async () => {
    const answer = await exchange(port, `GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ${'x'.repeat(15_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});
