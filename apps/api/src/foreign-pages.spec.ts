import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, exchange } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const NAMED = 'https://app.example.com';
const folder = mkdtempSync(join(tmpdir(), 'tandem-foreign-'));
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(folder, {
    CORS_ORIGINS: NAMED,
    ALLOWED_HOSTS: 'tandem.example.com,*.tools.example.com,port.example.com:8443',
    TANDEM_BASE_PATH: '/tools',
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** By hand: a browser's own headers cannot be set through `fetch`. */
async function send(method: string, path: string, headers: Record<string, string>) {
  const lines = Object.entries({ Host: 'localhost', Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const answer = await exchange(Number(new URL(server.origin).port), `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), text: answer };
}

const DOING: [string, string][] = [
  ['GET', '/stream?model=tandem-tiny-chat&prompt=Hi'],
  ['HEAD', '/stream?model=tandem-tiny-chat&prompt=Hi'],
  ['GET', '/health-check?model=tandem-tiny-chat'],
  ['GET', '/api/models'],
  ['GET', '/api/session'],
  ['GET', '/api/health/stream'],
  ['GET', '/v1/models'],
  ['GET', '/metrics'],
  ['GET', '/healthz'],
  ['GET', '/theme.js'],
  ['GET', '/api/openapi.json'],
  ['GET', '/nothing'],
  ['POST', '/stream'],
  ['POST', '/api/generate'],
  ['POST', '/api/models/tandem-tiny-chat/load'],
  ['POST', '/api/models/tandem-tiny-chat/unload?force=true'],
  ['DELETE', '/api/models/tandem-tiny-chat/load'],
  ['POST', '/api/config/refresh'],
  ['POST', '/api/chat/clear'],
  ['DELETE', '/stream/0123'],
  ['POST', '/v1/chat/completions'],
];

const FOREIGN: [string, Record<string, string>][] = [
  ['a page of another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
  ['a neighbour of the same site', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors', Origin: 'http://localhost:3000' }],
  ['a page that leads here', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
  ['a frame', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
  ['a browser that only names the origin', { Origin: 'https://evil.example' }],
  ['a sandboxed page', { Origin: 'null' }],
  ['a browser that only names where it comes from', { Referer: 'https://evil.example/page' }],
];

describe.each(['', '/tools'])('a page of another site, at "%s"', (base) => {
  it.each(FOREIGN)('can do nothing: %s', async (_, headers) => {
    const answers = await Promise.all(DOING.map(async ([method, path]) => `${method} ${path} ${(await send(method, base + path, headers)).status}`));
    expect(answers).toEqual(DOING.map(([method, path]) => `${method} ${path} 403`));
  });

  it('is told what to do about it', async () => {
    expect((await send('GET', `${base}/api/models`, { Origin: 'https://evil.example' })).text).toContain('Name its origin in CORS_ORIGINS');
  });

  it.each(['/', '/chat', '/models', '/compare', '/comparisons', '/comparisons/some', '/api/docs'])('may lead a person to %s', async (path) => {
    const visit = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await send('GET', base + path, visit)).status).toBe(200);
    expect((await send('GET', base + path, { ...visit, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(403);
    expect((await send('GET', base + path, { Referer: 'https://elsewhere.example/' })).status).toBe(200);
  });

  it('may do all of it from an origin that is named', async () => {
    for (const site of ['cross-site', 'same-site'])
      expect((await send('GET', `${base}/api/models`, { Origin: NAMED, 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'cors' })).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['the page itself', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost' }],
    ['an address that was typed', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
    ['a browser that only names our own origin', { Origin: 'http://localhost' }],
    ['curl', {}],
  ])('is not who this is: %s', async (_, headers) => {
    expect((await send('GET', `${base}/api/models`, headers)).status).toBe(200);
  });
});

describe('the head of a stream', () => {
  it('is asked for by nobody who wants an answer: no model begins one', async () => {
    const { status, text } = await send('HEAD', '/stream?model=tandem-tiny-chat&prompt=Hi', {});
    expect(status).toBe(405);
    expect(text).toMatch(/^Allow: GET, POST\r$/m);
  });
});

describe('the host that a request names', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    'app.localhost',
    '127.0.0.1',
    '127.8.9.1:99',
    '[::1]:8080',
    'localhost.',
    'tandem.example.com',
    'TANDEM.example.com:444',
    'a.tools.example.com',
    'port.example.com:8443',
  ])('may be %s', async (Host) => {
    expect((await send('GET', '/api/models', { Host })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'tandem.example.com.evil.example',
    'tools.example.com',
    'port.example.com',
    'port.example.com:8444',
    '192.0.2.1',
    '[2001:db8::1]',
    'x'.repeat(300),
  ])('may not be %s', async (Host) => {
    for (const path of ['/api/models', '/', '/healthz', '/stream?model=x&prompt=y']) {
      const { status, text } = await send('GET', path, { Host });
      expect([path, status]).toEqual([path, 421]);
      expect(text).toContain('ALLOWED_HOSTS');
      expect(text).toContain('"code":"misdirected_request"');
    }
  });

  it('is said in the log when it is refused, with what to do, once in a minute', async () => {
    let times: number[] = [];
    await eventually(() => {
      times = [...server.log().matchAll(/^.*"time":"([^"]+)".*add it to ALLOWED_HOSTS/gm)].map(([, time = '']) => Date.parse(time));
      expect(times).not.toEqual([]);
    });
    for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? NaN)).toBeGreaterThan(59_000);
  });
});
