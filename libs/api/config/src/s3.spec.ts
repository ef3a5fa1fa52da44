import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import S3rver from '@20minutes/s3rver';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { closeAfterEach, gate, PATIENCE_MS, startMisbehavingServer } from '@tandem/testing';
import { ConfigStore } from './config-store';
import { ConfigurationError } from './configuration-error';
import { LastGoodCopy } from './last-good-copy';
import { S3Object } from './s3-object';
import { S3Source } from './s3-source';
import { type ConfigSource, defaultSource } from './sources';

const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
const one = (name: string) => ({ name, endpoint: 'models.example.com:8000' });
const document = (...names: string[]) => JSON.stringify({ baseline_models: names.map(one), twodelta_models: [] });

let folder: string;
let server: S3rver;
let endpoint: string;
let admin: S3Client;
let lines: string[];

beforeAll(async () => {
  Object.assign(process.env, KEYS);
  folder = await mkdtemp(join(tmpdir(), 'tandem-s3-'));
  server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, configureBuckets: [{ name: 'tandem', configs: [] }], directory: join(folder, 'buckets') });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
  admin = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
});

afterAll(async () => {
  admin.destroy();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  lines = [];
  for (const level of ['log', 'warn', 'error'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...said: unknown[]) => void lines.push(String(said[0])));
  }
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const upload = (body: string | Uint8Array) => admin.send(new PutObjectCommand({ Bucket: 'tandem', Key: 'config.json', Body: Buffer.from(body) }));

const file = (names: readonly string[]): ConfigSource => ({ name: 'file', load: async () => ({ baseline_models: names.map(one), twodelta_models: [] }) });

const closing = closeAfterEach();

function setup({ bucket = 'tandem', at = endpoint, local = [] as ConfigSource[], copy = join(folder, `${Math.random()}.json`), mostMs = PATIENCE_MS } = {}) {
  const object = new S3Object({ bucket, key: 'config.json', region: 'us-east-1', endpoint: at }, { headersMs: mostMs, bodyMs: mostMs });
  closing(() => object.close());
  const source = new S3Source(object, new LastGoodCopy(copy, `${at} ${bucket}`));
  const store = new ConfigStore([source, ...local, defaultSource]);
  return { store, copy, names: () => store.snapshot.models.map(({ entry }) => entry.name) };
}

describe('configuration from S3', () => {
  it('wins over the file, per list, and says what it does', async () => {
    await upload(JSON.stringify({ baseline_models: [one('From S3')] }));
    const { store, names } = setup({
      local: [{ name: 'file', load: async () => ({ baseline_models: [one('No')], twodelta_models: [one('From the file')] }) }],
    });
    await store.load();
    expect(names()).toEqual(['From S3', 'From the file']);
    expect(store.snapshot.sources).toEqual({ baseline: 's3', twodelta: 'file' });
    expect(store.etag).toMatch(/^"/);
    expect(lines).toEqual(
      expect.arrayContaining(['Initializing S3 config loader...', 'Fetching config from S3: s3://tandem/config.json', 'Successfully loaded config from S3']),
    );
  });

  it('swaps a changed document in, and keeps the models that did not change', async () => {
    await upload(document('A', 'B'));
    const { store, names } = setup();
    await store.load();
    const before = store.snapshot.models;
    await upload(document('A', 'C'));
    await store.refresh();
    expect(names()).toEqual(['A', 'C']);
    expect(store.snapshot.models[0]).toBe(before[0]);
    expect(lines).toContain('Configuration updated successfully');
  });

  it('takes an unchanged document for a success, and changes nothing', async () => {
    await upload(document('A'));
    const { store } = setup();
    await store.load();
    const { snapshot } = store;
    await store.refresh();
    expect(store.snapshot).toBe(snapshot);
    expect(store.failure).toBeNull();
    expect(lines.filter((line) => line === 'Successfully loaded config from S3')).toHaveLength(1);
  });

  it('reads once for several who ask at the same moment', async () => {
    await upload(document('A'));
    const { store } = setup();
    await store.load();
    lines.length = 0;
    await Promise.all([store.refresh(), store.refresh(), store.refresh()]);
    expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(1);
  });

  it.each([
    ['cut JSON', '{"baseline_models":[', 'config_invalid', /line 1 column/],
    ['a web page', '<html>Log in</html>', 'config_invalid', /not valid JSON/],
    ['nothing', '', 'config_invalid', /is empty/],
    ['null', 'null', 'config_invalid', /must be an object/],
    ['a list', '[]', 'config_invalid', /must be an object/],
    ['an entry without an endpoint', '{"baseline_models":[{"name":"A"}]}', 'config_invalid', /baseline_models\[0\]\.endpoint/],
    ['an address that is never asked', '{"baseline_models":[{"name":"A","endpoint":"169.254.169.254"}]}', 'config_invalid', /endpoint/],
    ['no models', '{"baseline_models":[],"twodelta_models":[]}', 'config_shrinks', /names no model/],
    ['few of the models', document('A'), 'config_shrinks', /drops 2 of 3/],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'config_invalid', /is UTF-16; save it as UTF-8/],
    ['Latin-1', Buffer.from('{"é":1}', 'latin1'), 'config_invalid', /is not UTF-8 text/],
    ['JSON with a comma too many', '{\r\n"baseline_models":[],\r\n}', 'config_invalid', /line 3 column 1: leave out the comma/],
    ['an empty string', '""', 'config_invalid', /must be an object/],
    ['JSON with a comment', '{} // models', 'config_invalid', /line 1 column/],
    ['a placeholder', '{"baseline_models":[{"name":"A","endpoint":"${HOST}"}]}', 'config_invalid', /placeholder/],
    [
      "someone else's secret",
      '{"baseline_models":[{"name":"A","endpoint":"a.example","api_key_env":"AWS_SECRET_ACCESS_KEY"}]}',
      'config_invalid',
      /api_key_env/,
    ],
    ['too many models', JSON.stringify({ baseline_models: Array.from({ length: 10_000 }, (_, at) => one(`m${at}`)) }), 'config_invalid', /at most 5000/],
    ['20 MB', `"${'x'.repeat(20_000_000)}"`, 'config_too_large', /larger than 5 MiB/],
  ])('keeps the last good one when the document is %s', async (_, body, code, message) => {
    await upload(document('A', 'B', 'C'));
    const { store, names } = setup();
    await store.load();
    await upload(body);
    await store.refresh();
    expect(names()).toEqual(['A', 'B', 'C']);
    expect(store.failure).toMatchObject({ code, message: expect.stringMatching(message) });
    await upload(document('A', 'B', 'D'));
    await store.refresh();
    expect(names()).toEqual(['A', 'B', 'D']);
    expect(store.failure).toBeNull();
  });

  it('lets a pair be exchanged for another', async () => {
    await upload(document('A', 'B'));
    const { store, names } = setup();
    await store.load();
    await upload(document('C', 'D'));
    await store.refresh();
    expect(names()).toEqual(['C', 'D']);
  });

  it('shrinks when the document says that this is meant', async () => {
    await upload(document('A', 'B', 'C'));
    const { store, names } = setup();
    await store.load();
    await upload(JSON.stringify({ ...JSON.parse(document('A')), allow_shrink: true }));
    await store.refresh();
    expect(names()).toEqual(['A']);
  });

  it('accepts a byte order mark', async () => {
    await upload(`\uFEFF${document('A')}`);
    const { store, names } = setup();
    await store.load();
    expect(names()).toEqual(['A']);
  });

  it('says once that the object is gone, and goes on', async () => {
    await upload(document('A'));
    const { store, names } = setup();
    await store.load();
    await admin.send(new DeleteObjectCommand({ Bucket: 'tandem', Key: 'config.json' }));
    await store.refresh();
    await store.refresh();
    expect(names()).toEqual(['A']);
    expect(store.failure?.code).toBe('s3_not_found');
    expect(lines.filter((line) => line.includes('S3 ClientError (404)'))).toHaveLength(1);
  });

  it('begins with the local file while the bucket cannot be found', async () => {
    const { store, names } = setup({ bucket: 'elsewhere', local: [file(['From the file'])] });
    await store.load();
    expect(names()).toEqual(['From the file']);
    expect(store.failure?.code).toBe('s3_not_found');
  });

  it('begins without models rather than with the demo pair when nothing else is there', async () => {
    const { store } = setup({ bucket: 'elsewhere' });
    await store.load();
    expect(store.snapshot).toMatchObject({ models: [], hasModels: false });
  });

  it('begins with what was good before the restart', async () => {
    await upload(document('Kept'));
    const { store, copy } = setup();
    await store.load();
    await admin.send(new DeleteObjectCommand({ Bucket: 'tandem', Key: 'config.json' }));
    const restarted = setup({ copy });
    await restarted.store.load();
    expect(restarted.names()).toEqual(['Kept']);
    expect(restarted.store.snapshot.sources.baseline).toBe('s3');
  });

  it('does without a copy where none can be written or read', async () => {
    await upload(document('A'));
    await writeFile(join(folder, 'taken'), 'a file, not a folder');
    const { store, names } = setup({ copy: join(folder, 'taken', 'copy.json') });
    await store.load();
    expect(names()).toEqual(['A']);
  });

  it('names a refused key without repeating it', async () => {
    const { store } = setup();
    process.env['AWS_ACCESS_KEY_ID'] = 'CANARY-KEY';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'CANARY-SECRET';
    try {
      await store.load();
    } finally {
      Object.assign(process.env, KEYS);
    }
    expect(store.failure).toMatchObject({ code: 's3_forbidden', message: expect.stringContaining('S3 ClientError (403)') });
    expect(lines.join('\n')).not.toContain('CANARY');
  });

  describe.each([
    ['refuses connections', 's3_unreachable', undefined],
    ['accepts and says nothing', 's3_timeout', () => undefined],
    [
      'stops in the middle of the body',
      's3_timeout',
      (connection: { write(bytes: string): Promise<void> }) => connection.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"base'),
    ],
  ] as const)('from a server that %s', (_, code, script) => {
    it('is given up in time, and what was good stays', async () => {
      const bad = script === undefined ? undefined : await startMisbehavingServer(script as never);
      if (bad) closing(() => bad.close());
      const where = bad ? { at: `http://127.0.0.1:${bad.port}`, mostMs: 2_000 } : { at: 'http://127.0.0.1:9' };
      const { store, names } = setup({ ...where, local: [file(['Local'])] });
      await store.load();
      expect(store.failure?.code).toBe(code);
      expect(names()).toEqual(['Local']);
    });
  });

  it('takes the document as soon as S3 is there, after a start on the local file', async () => {
    const { store, names } = setup({ local: [file(['A', 'B', 'C'])] });
    await admin.send(new DeleteObjectCommand({ Bucket: 'tandem', Key: 'config.json' }));
    await store.load();
    expect(names()).toEqual(['A', 'B', 'C']);
    await upload(document('D'));
    await store.refresh();
    expect(names()).toEqual(['D']);
  });

  it('guards against an emptied document across a restart too', async () => {
    await upload(document('A', 'B'));
    const { store, copy } = setup();
    await store.load();
    await upload('{"baseline_models":[],"twodelta_models":[]}');
    const restarted = setup({ copy });
    await restarted.store.load();
    expect(restarted.names()).toEqual(['A', 'B']);
    expect(restarted.store.failure?.code).toBe('config_shrinks');
  });

  it('does without a copy that cannot be used', async () => {
    const copy = join(folder, 'bad-copy.json');
    await writeFile(copy, JSON.stringify({ origin: `${endpoint} elsewhere`, text: '{"baseline_models":[{}]}' }));
    const { store, names } = setup({ bucket: 'elsewhere', copy, local: [file(['Local'])] });
    await store.load();
    expect(names()).toEqual(['Local']);
  });

  it('keeps no field in the copy that Tandem does not know', async () => {
    await upload('{"baseline_models":[{"name":"A","endpoint":"a.example","api_key":"sk-canary"}],"secret":"canary"}');
    const { store, copy } = setup();
    await store.load();
    expect(await readFile(copy, 'utf8')).not.toContain('canary');
  });

  it('still stops the start over a malformed variable', async () => {
    await upload(document('A'));
    const object = new S3Object({ bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint });
    closing(() => object.close());
    const wrong: ConfigSource = { name: 'env', load: () => Promise.reject(new ConfigurationError('BASELINE_MODELS', 'is not valid JSON.')) };
    const store = new ConfigStore([wrong, new S3Source(object, new LastGoodCopy(join(folder, 'unused.json'), 'x')), defaultSource]);
    await expect(store.load()).rejects.toThrow('BASELINE_MODELS');
  });

  it('lets a body that comes slowly, but in time, come to its end', async () => {
    const body = document('Slow');
    const headed = gate();
    const late = gate();
    let connections = 0;
    const slow = await startMisbehavingServer(async (connection) => {
      connections += 1;
      if (connections > 1) return;
      await connection.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      headed.open();
      await late.passed;
      await connection.write(body);
    });
    closing(() => slow.close());
    const read = (deadlines: { headersMs: number; bodyMs: number }) => {
      const object = new S3Object({ bucket: 'b', key: 'k', region: 'us-east-1', endpoint: `http://127.0.0.1:${slow.port}` }, deadlines);
      closing(() => object.close());
      return object.read(undefined);
    };
    // sockets and promises go on as ever; only what waits is told that time went by
    jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
    const whole = read({ headersMs: 2_000, bodyMs: 60_000 });
    await headed.passed;
    const other = expect(read({ headersMs: 2_500, bodyMs: 60_000 })).rejects.toThrow();
    await slow.arrival(2);
    // by then the first would have had no time left for its headers
    await jest.advanceTimersByTimeAsync(2_500);
    await other;
    late.open();
    expect((await whole)?.text).toBe(body);
  });

  it('is refused when the connection breaks before its end', async () => {
    const bad = await startMisbehavingServer(async (connection) => {
      await connection.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"baseline_models":[]}');
      connection.close();
    });
    closing(() => bad.close());
    const { store, names } = setup({ at: `http://127.0.0.1:${bad.port}`, local: [file(['Local'])] });
    await store.load();
    expect(store.failure).not.toBeNull();
    expect(names()).toEqual(['Local']);
  });
});
