import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ENTRY = join(import.meta.dirname, '../../../dist/apps/api/main.js');

let folder: string;
const running: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-start-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [ENTRY], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', LOG_FORMAT: 'json', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  return child;
}

async function failure(environment: Record<string, string>): Promise<string> {
  const child = start(environment);
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  return errors;
}

async function origin(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const bytes of child.stdout ?? []) {
    printed += String(bytes);
    const [, address] = /Tandem is listening on http:\/\/(\S+)/.exec(printed) ?? [];
    if (address) return `http://${address}`;
  }
  throw new Error(printed);
}

describe('the server does not start, and says in one line why,', () => {
  it.each([
    ['a malformed PORT', { PORT: 'http' }, /PORT: must be an integer from 0 to 65535, but is "http"\.$/],
    ['a malformed list', { BASELINE_MODELS: '[{"name":"A"' }, /BASELINE_MODELS: is not valid JSON: .*line 1 column 13/],
    ['a wrong field', { TWODELTA_MODELS: '[{"name":"A","endpoint":"ftp://a"}]' }, /TWODELTA_MODELS: \[0\]\.endpoint /],
    ['a file that is not there', { CONFIG_FILE: 'absent.json' }, /absent\.json: does not exist/],
  ])('for %s', async (_, environment, line) => {
    const printed = await failure(environment as Record<string, string>);
    expect(printed.trim().split('\n')).toHaveLength(1);
    expect(printed.trim()).toMatch(line);
  });

  it('for a malformed config.json', async () => {
    await writeFile(join(folder, 'broken.json'), '{\n  "baseline_models": [\n    { "name": "A", }\n  ]\n}');
    const printed = await failure({ CONFIG_FILE: 'broken.json' });
    expect(printed.trim()).toMatch(/^Tandem cannot start\. broken\.json: is not valid JSON: .*line 3 column 20/);
  });

  it('for a port that is taken', async () => {
    const first = start({});
    const port = new URL(await origin(first)).port;
    expect(await failure({ PORT: port })).toMatch(new RegExp(`PORT: ${port} is already in use`));
    first.kill('SIGTERM');
    await once(first, 'exit');
  });
});

describe('the server', () => {
  it('starts without a config.json, answers in the one error shape, describes itself, and leaves on SIGTERM', async () => {
    const child = start({ CHECKPOINTS_DIR: 'none' });
    const at = await origin(child);
    const get = async (path: string) => {
      const response = await fetch(at + path);
      return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
    };

    expect(JSON.parse((await get('/api/models')).body)).toMatchObject({ status: 'success', count: 2 });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 200 });
    expect(await get('/api/nothing')).toMatchObject({ status: 404, type: 'application/json; charset=utf-8' });
    expect(await get('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });

    const document = JSON.parse((await get('/api/openapi.json')).body);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/stream',
        '/stream/{stream_id}',
        '/api/models',
        '/api/models/{id}',
        '/api/models/{name}/load',
        '/api/checkpoints/stream',
        '/health-check',
        '/api/health',
        '/healthz',
      ]),
    );
    expect(await get('/api/docs')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
