import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { closeAfterEach, openDeafPort, PATIENCE_MS, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { ConfigStore } from './config-store';
import { ConfigurationError } from './configuration-error';
import { LastGoodCopy } from './last-good-copy';
import { S3Object } from './s3-object';
import { S3Source } from './s3-source';
import { type ConfigSource, defaultSource } from './sources';

const VARIABLES = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'CANARY-SECRET', AWS_EC2_METADATA_DISABLED: 'true' };
const GOOD = JSON.stringify({ baseline_models: [{ name: 'Good', endpoint: 'models.example.com:8000' }], twodelta_models: [] });

const closing = closeAfterEach();
let environment: NodeJS.ProcessEnv;
let lines: string[];

beforeEach(() => {
  environment = { ...process.env };
  Object.assign(process.env, VARIABLES);
  lines = [];
  for (const level of ['log', 'warn', 'error'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...said: unknown[]) => void lines.push(String(said[0])));
  }
});

afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

/** How long S3 has where a test waits for the end of that, in milliseconds. */
const SHORT_MS = 2_000;
const limitsOf = (mostMs: number) => ({ headersMs: mostMs, bodyMs: mostMs });

/** The first read of a process loads what finds credentials, which counts for none of the deadlines below. */
beforeAll(async () => {
  const server = await startMisbehavingServer((connection) => connection.write(wholeResponse(200, 'application/json', GOOD)));
  const endpoint = `http://127.0.0.1:${server.port}`;
  const object = new S3Object({ bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint }, limitsOf(PATIENCE_MS));
  Object.assign(process.env, VARIABLES);
  await object.read(undefined);
  object.close();
  await server.close();
});

/** A store over S3 at that address, with the local sources behind it. */
async function storeAt(endpoint: string, local: ConfigSource[] = [], limits = limitsOf(PATIENCE_MS)) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-s3-faults-'));
  const object = new S3Object({ bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint }, limits);
  closing(async () => {
    object.close();
    await rm(folder, { recursive: true });
  });
  const store = new ConfigStore([new S3Source(object, new LastGoodCopy(join(folder, 'copy.json'), 'x')), ...local, defaultSource]);
  return { store, names: () => store.snapshot.models.map(({ entry }) => entry.name) };
}

/** S3 that answers well once, and as the script says from then on, when it has that long. */
async function setup(script: Script, mostMs = PATIENCE_MS) {
  let isFirst = true;
  const server = await startMisbehavingServer((connection, request) => {
    if (!isFirst) return script(connection, request);
    isFirst = false;
    return connection.write(wholeResponse(200, 'application/json', GOOD, { ETag: '"1"' }));
  });
  closing(() => server.close());
  const limits = limitsOf(PATIENCE_MS);
  const { store, names } = await storeAt(`http://127.0.0.1:${server.port}`, [], limits);
  await store.load();
  Object.assign(limits, limitsOf(mostMs));
  lines.length = 0;
  return { server, store, names };
}

const refusal = (status: number, code: string) =>
  wholeResponse(status, 'application/xml', `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);

describe('S3 that refuses', () => {
  it.each([
    [403, 'AccessDenied', 's3_forbidden', /s3:GetObject/],
    [403, 'SignatureDoesNotMatch', 's3_forbidden', /AWS_SECRET_ACCESS_KEY/],
    [403, 'InvalidAccessKeyId', 's3_forbidden', /does not know this access key/],
    [403, 'RequestTimeTooSkewed', 's3_forbidden', /clock is wrong/],
    [400, 'ExpiredToken', 's3_forbidden', /have expired: renew them/],
    [404, 'NoSuchKey', 's3_not_found', /S3_CONFIG_KEY/],
    [404, 'NoSuchBucket', 's3_not_found', /S3_BUCKET/],
    [301, 'PermanentRedirect', 's3_error', /another region: set AWS_REGION/],
    [500, 'InternalError', 's3_error', /InternalError/],
    [503, 'SlowDown', 's3_error', /SlowDown/],
  ])('with %d %s is said once and asked once per refresh, and the last good configuration stays', async (status, name, code, advice) => {
    const { server, store, names } = await setup((connection) => connection.write(refusal(status, name)));
    await store.refresh();
    await store.refresh();
    expect(names()).toEqual(['Good']);
    expect(store.failure).toMatchObject({ code, message: expect.stringContaining(`S3 ClientError (${status}) for s3://tandem/config.json: ${name}`) });
    expect(store.failure?.message).toMatch(advice);
    expect(lines.filter((line) => line.includes('S3 ClientError'))).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
    expect(lines.join('\n')).not.toContain('CANARY');
  });

  it('says so again when it refuses for another reason, and when all is well', async () => {
    const answers = [refusal(403, 'AccessDenied'), refusal(404, 'NoSuchKey'), refusal(404, 'NoSuchKey'), wholeResponse(200, 'application/json', GOOD)];
    const { store } = await setup((connection) => connection.write(answers.shift() ?? ''));
    for (let refusals = 0; refusals < 3; refusals += 1) await store.refresh();
    await store.refresh();
    expect(store.failure).toBeNull();
    expect(lines.filter((line) => /ClientError|without a problem/.test(line)).map((line) => /40\d|without a problem/.exec(line)?.[0])).toEqual([
      '403',
      '404',
      'without a problem',
    ]);
  });
});

describe('S3 that breaks off', () => {
  it.each([
    ['before the headers', '', 's3_unreachable', true],
    ['and says nothing', '', 's3_timeout', false],
    ['in the middle of the headers', 'HTTP/1.1 200 OK\r\nContent-Ty', 's3_timeout', false],
    ['behind the headers', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', 's3_timeout', false],
    ['in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"base', 's3_timeout', false],
    ['behind fewer bytes than it announced', `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}`, 's3_incomplete', true],
    ['within a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{"base', 's3_incomplete', true],
    ['between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', 's3_incomplete', true],
    ['without a length', 'HTTP/1.1 200 OK\r\n\r\n{"baseline_models":[', 'config_invalid', true],
    ['behind the length that it announced, which was too short', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"baseline_models":[]}', 'config_invalid', false],
  ])('%s changes nothing', async (_, bytes, code, isClosed) => {
    const script: Script = async (connection) => {
      await connection.write(bytes);
      if (isClosed) connection.close();
    };
    const { store, names } = await setup(script, code === 's3_timeout' ? SHORT_MS : PATIENCE_MS);
    await store.refresh();
    expect(store.failure?.code).toBe(code);
    expect(names()).toEqual(['Good']);
  });

  it('is not waited for when it says itself that it is too large', async () => {
    const { server, store } = await setup((connection) => connection.write('HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n{'));
    await store.refresh();
    expect(store.failure?.code).toBe('config_too_large');
    await (
      await server.arrival(2)
    ).closedByClient;
  });

  it('is cut off when it sends without end', async () => {
    const { server, store } = await setup(async (connection) => {
      await connection.write('HTTP/1.1 200 OK\r\n\r\n');
      let isOpen = true;
      void connection.closedByClient.then(() => (isOpen = false));
      while (isOpen) {
        await connection.write(Buffer.alloc(65_536, ' '));
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    await store.refresh();
    expect(store.failure?.code).toBe('config_too_large');
    await (
      await server.arrival(2)
    ).closedByClient;
  });
});

describe('something else in the place of S3', () => {
  it.each([
    ['a page to log in', wholeResponse(200, 'text/html', '<html><body>Log in</body></html>'), 'config_invalid'],
    ['a redirect to one', 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\nContent-Length: 0\r\n\r\n', 's3_error'],
    ['nothing', wholeResponse(200, 'application/json', ''), 'config_invalid'],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.7\r\n', 's3_unreachable'],
  ])('such as %s changes nothing', async (_, bytes, code) => {
    const { store, names } = await setup((connection) => connection.write(bytes));
    await store.refresh();
    expect(store.failure?.code).toBe(code);
    expect(names()).toEqual(['Good']);
  });
});

describe('S3 that cannot be connected with', () => {
  const local: ConfigSource = { name: 'file', load: async () => ({ baseline_models: [{ name: 'Local', endpoint: 'a.example' }], twodelta_models: [] }) };

  it('because the name is unknown leaves the local file in force', async () => {
    const { store, names } = await storeAt('http://s3.tandem.invalid', [local], limitsOf(SHORT_MS));
    await store.load();
    expect(store.failure?.code).toMatch(/^s3_(unreachable|timeout)$/);
    expect(names()).toEqual(['Local']);
    expect(store.snapshot.sources.baseline).toBe('file');
  });

  it('because nobody accepts is given up in time', async () => {
    const { port, close } = await openDeafPort();
    closing(close);
    const { store, names } = await storeAt(`http://127.0.0.1:${port}`, [local], limitsOf(SHORT_MS));
    await store.load();
    expect(store.failure).toMatchObject({ code: 's3_timeout', message: expect.stringContaining('within 2 s') });
    expect(names()).toEqual(['Local']);
  });

  it('does not hide that the local file is wrong as well', async () => {
    const wrong: ConfigSource = { name: 'file', load: () => Promise.reject(new ConfigurationError('config.json', 'is empty; expected a JSON document.')) };
    const { store } = await storeAt('http://127.0.0.1:9', [wrong]);
    await store.load();
    expect(store.snapshot).toMatchObject({ models: [], hasModels: false });
    expect(store.failure).toMatchObject({ code: 's3_unreachable', message: expect.stringMatching(/S3 cannot be reached .* config\.json: is empty/) });
    expect(lines.filter((line) => /cannot be reached|is empty/.test(line))).toHaveLength(2);
  });
});

describe('a changed document', () => {
  it('is asked for with one conditional GET', async () => {
    const answers = ['HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', wholeResponse(200, 'application/json', GOOD.replace('Good', 'Better'), { ETag: '"2"' })];
    const { server, store, names } = await setup((connection) => connection.write(answers.shift() ?? ''));
    await store.refresh();
    expect([store.failure, names(), store.etag]).toEqual([null, ['Good'], '"1"']);
    await store.refresh();
    expect([store.failure, names(), store.etag]).toEqual([null, ['Better'], '"2"']);
    expect(server.requests.map((request) => [request.split(' ', 1)[0], /^if-none-match: (.*)$/im.exec(request)?.[1]?.trim()])).toEqual([
      ['GET', undefined],
      ['GET', '"1"'],
      ['GET', '"1"'],
    ]);
  });
});

describe('AWS credentials', () => {
  const NOWHERE = {
    HOME: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const forget = () => {
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    process.env = { ...Object.fromEntries(others), ...NOWHERE };
  };

  it('that nothing gives are said to be missing', async () => {
    forget();
    const { store } = await storeAt('http://127.0.0.1:9');
    await store.load();
    expect(store.failure).toMatchObject({ code: 's3_credentials', message: expect.stringContaining('AWS credentials not found') });
    expect(lines.filter((line) => line.includes('AWS credentials not found'))).toHaveLength(1);
  });

  it('that are waited for in vain are given up in time', async () => {
    const metadata = await startMisbehavingServer(() => undefined);
    closing(() => metadata.close());
    forget();
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `http://127.0.0.1:${metadata.port}/role`;
    const { store } = await storeAt('http://127.0.0.1:9', [], limitsOf(SHORT_MS));
    await store.load();
    const keys = { AccessKeyId: 'a', SecretAccessKey: 'b', Token: 'c', Expiration: new Date(Date.now() + 3_600_000) };
    await (await metadata.arrival(1)).write(wholeResponse(200, 'application/json', JSON.stringify(keys)));
    expect(store.failure).toMatchObject({ code: 's3_credentials', message: expect.stringMatching(/AWS credentials not found .* within 2 s/) });
  });
});

describe('A document in S3', () => {
  const NEW = JSON.stringify({ baseline_models: [{ name: 'New', endpoint: 'models.example.com:8000' }], twodelta_models: [] });
  const responseOf = (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n`,
      ),
      bytes,
    ]);

  it.each([
    ['with gzip', responseOf(gzipSync(NEW), { 'Content-Encoding': 'gzip' })],
    ['with gzip, chunked for the way', responseOf(gzipSync(NEW), { 'Content-Encoding': 'gzip,aws-chunked' })],
    ['with gzip and does not say so', responseOf(gzipSync(NEW))],
    ['with deflate', responseOf(deflateSync(NEW), { 'Content-Encoding': 'deflate' })],
    ['plain', responseOf(Buffer.from(NEW), { 'Content-Encoding': 'identity' })],
  ])('that is stored %s is read', async (_, response) => {
    const { store, names } = await setup((connection) => connection.write(response));
    await store.refresh();
    expect([store.failure, names()]).toEqual([null, ['New']]);
  });

  it.each([
    ['in a way that nobody reads', responseOf(Buffer.from(NEW), { 'Content-Encoding': 'compress' }), 'config_invalid', /"compress"/],
    ['otherwise than it says', responseOf(Buffer.from(NEW), { 'Content-Encoding': 'gzip' }), 'config_invalid', /"gzip", but is not/],
    ['small and is enormous', responseOf(gzipSync(Buffer.alloc(50_000_000)), { 'Content-Encoding': 'gzip' }), 'config_too_large', /MiB/],
  ])('that is stored %s is refused by name', async (_, response, code, message) => {
    const { store, names } = await setup((connection) => connection.write(response));
    await store.refresh();
    expect(store.failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(names()).toEqual(['Good']);
  });

  it('that does not have its checksum is said to be changed, not cut', async () => {
    const right = Buffer.alloc(4);
    right.writeUInt32BE(crc32(NEW));
    const answers = [
      responseOf(Buffer.from(NEW), { 'x-amz-checksum-crc32': 'AAAAAA==' }),
      responseOf(Buffer.from(NEW), { 'x-amz-checksum-crc32': right.toString('base64') }),
    ];
    const { store, names } = await setup((connection) => connection.write(answers.shift() ?? ''));
    await store.refresh();
    expect(store.failure).toMatchObject({ code: 's3_checksum', message: expect.stringContaining('checksum') });
    await store.refresh();
    expect([store.failure, names()]).toEqual([null, ['New']]);
  });

  it.each([
    ['cannot be read', '{"baseline_models":', 'config_invalid'],
    [
      'names a baseline that there is not',
      JSON.stringify({
        baseline_models: [{ name: 'Base', endpoint: 'a.example' }],
        twodelta_models: [{ name: 'Tuned', endpoint: 'b.example', baseline_id: 'bass' }],
      }),
      'config_invalid',
    ],
    ['is no text', '\xff\xfe{', 'config_invalid'],
  ])('that %s is not had again while it stays, and is taken as soon as it is another', async (_, document, code) => {
    const versions = new Map([
      ['"bad"', responseOf(Buffer.from(document, 'latin1'), { ETag: '"bad"' })],
      ['"new"', responseOf(Buffer.from(NEW), { ETag: '"new"' })],
    ]);
    let current = '"bad"';
    const { server, store, names } = await setup((connection, request) =>
      connection.write(request.toLowerCase().includes(`if-none-match: ${current}`) ? 'HTTP/1.1 304 Not Modified\r\n\r\n' : (versions.get(current) ?? '')),
    );
    for (let refreshes = 0; refreshes < 3; refreshes++) await store.refresh();
    expect(store.failure?.code).toBe(code);
    expect(server.requests.slice(2).every((request) => /^if-none-match: "bad"\r$/im.test(request))).toBe(true);
    expect(names()).toEqual(['Good']);
    current = '"new"';
    await store.refresh();
    expect([store.failure, names()]).toEqual([null, ['New']]);
  });
});
