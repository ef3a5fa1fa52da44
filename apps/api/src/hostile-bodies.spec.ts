import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { residentMb } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const MIB = 1024 * 1024;
/** Under the limit of eight. */
const LARGE = 8 * MIB - 1024;
/** What the server may take more of than before, in MB. */
const MOST_GROWTH_MB = 100;

const filled = (begin: string, piece: (number: number) => string, end: string): string => {
  const pieces: string[] = [];
  for (let size = begin.length, number = 0; size < LARGE; number += 1) {
    const next = piece(number);
    pieces.push(next);
    size += next.length + 1;
  }
  return begin + pieces.slice(0, -1).join(',') + end;
};
const listOf = (field: string, item: string, more = '"model":"m"') => filled(`{${more},"${field}":[`, () => item, ']}');

const BODIES: readonly [string, string][] = [
  ['messages', listOf('messages', '{}')],
  ['messages with unknown fields', listOf('messages', '{"x":{}}')],
  ['history', listOf('history', '{}', '"model":"m","message":"Hi"')],
  ['stop strings', listOf('stop', '""', '"model":"m","prompt":"Hi","message":"Hi"')],
  ['unknown fields', filled('{', (number) => `"f${number}":0`, '}')],
  ['fields of one name', filled('{', () => '"model":0', '}')],
  ['levels', '{"prompt":' + '['.repeat(LARGE / 2)],
  ['levels of objects', '{"a":'.repeat(LARGE / 6)],
  ['names in logit_bias', filled('{"model":"m","messages":[{"role":"user","content":"Hi"}],"logit_bias":{', (number) => `"${number}":1`, '}}')],
  ['content parts', listOf('content', '0', '"role":"user"').replace(/^(.*?)$/s, '{"model":"m","messages":[$1]}')],
  ['numbers in a prompt', listOf('prompt', '0')],
  ['a list at the top', filled('[', () => '{}', ']')],
  ['quotes that are escaped', `{"model":"m","prompt":"${'\\"'.repeat(LARGE / 2 - 100)}`],
  ['backslashes', `{"model":"m","prompt":"${'\\'.repeat(LARGE - 100)}`],
  ['blanks', ' '.repeat(LARGE)],
  ['commas', ','.repeat(LARGE)],
];

/** Those that take a prompt, then one of those that take next to nothing. */
const ROUTES = ['/stream', '/api/generate', '/v1/chat/completions', '/v1/completions'];
const SMALL_ROUTES = ['/api/session', '/api/chat/clear', '/api/models/m/load', '/api/models/m/unload', '/api/config/refresh'];

describe.each<[string, Record<string, string>, Record<string, string>, typeof BODIES]>([
  ['an open server', {}, {}, BODIES],
  ['a server with tokens', { ACCESS_TOKENS: 'a-right-token' }, { Authorization: 'Bearer a-right-token' }, BODIES.slice(0, 5)],
])('hostile bodies at %s', (_, environment, signedIn, bodies) => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-hostile-'));
  let server: RunningServer;
  let slowest = 0;
  let growth = 0;
  let isWatching = true;
  let watching: Promise<void>;

  beforeAll(async () => {
    server = await startServer(folder, environment);
    watching = (async () => {
      while (isWatching) {
        const begun = performance.now();
        expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
        slowest = Math.max(slowest, performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
  });
  afterAll(async () => {
    isWatching = false;
    await watching;
    await server.stop();
    rmSync(folder, { recursive: true });
    if (process.env['MEASURE'] !== undefined)
      process.stderr.write(`beside hostile bodies: /healthz at most ${slowest.toFixed(0)} ms, ${growth.toFixed(0)} MB more\n`);
  });

  const post = async (path: string, body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.origin + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...signedIn, ...headers }, body });
    await answer.body?.cancel();
    return answer.status;
  };

  it.each(bodies.map(([name, body], number) => [name, body, SMALL_ROUTES[number % SMALL_ROUTES.length] ?? ''] as const))(
    'cost next to nothing, whatever the route: %s',
    async (_, body, small) => {
      const compressed = new Uint8Array(gzipSync(body));
      // what is kept of the first requests is no leak
      for (const path of ROUTES) await post(path, '{}');
      const before = residentMb(server.pid);
      let most = 0;
      for (const path of [...ROUTES, small]) {
        for (const [sent, headers] of [
          [body, {}],
          [compressed, { 'Content-Encoding': 'gzip' }],
        ] as const) {
          const status = await post(path, sent, headers);
          expect([path, status === 400 || status === 413 ? 'refused' : status]).toEqual([path, 'refused']);
          most = Math.max(most, residentMb(server.pid) - before);
        }
      }
      growth = Math.max(growth, most);
      expect(most).toBeLessThan(MOST_GROWTH_MB);
    },
  );
});
