import { setTimeout as delay } from 'node:timers/promises';
import { chunk, closeAfterEach, type Connection, PATIENCE_MS, responseHead, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { S3Object } from './s3-object';

const closing = closeAfterEach();
const GOOD = wholeResponse(200, 'application/json', '{}', { ETag: '"1"' });
const hints = (status: number) => responseHead(status, { Link: '</a>; rel=preload' });
let environment: NodeJS.ProcessEnv;

beforeEach(() => {
  environment = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'CANARY-SECRET', AWS_EC2_METADATA_DISABLED: 'true' });
});

afterEach(() => (process.env = environment));

async function setup(script: Script, mostMs = PATIENCE_MS) {
  const server = await startMisbehavingServer(script);
  closing(() => server.close());
  const object = new S3Object(
    { bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint: `http://127.0.0.1:${server.port}` },
    { headersMs: mostMs, bodyMs: mostMs },
  );
  closing(() => object.close());
  return object;
}

const drips =
  (first: string, again: string | Uint8Array): Script =>
  async (connection: Connection) => {
    const over = new AbortController();
    void connection.closedByClient.then(() => over.abort());
    await connection.write(first);
    while (!over.signal.aborted) {
      await connection.write(again);
      await delay(20, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };

describe('S3 that sends informational responses', () => {
  it.each([100, 102, 103, 199])('of status %d is read as if it had sent none', async (status) => {
    const object = await setup((connection) => connection.write(hints(status).repeat(20) + GOOD));
    await expect(object.read(undefined)).resolves.toEqual({ text: '{}', etag: '"1"' });
  });
});

describe('S3 that is never silent and never done', () => {
  it.each<[string, string, Script]>([
    ['in informational responses', 's3_timeout', drips(hints(100), hints(103))],
    ['in its headers', 's3_timeout', drips('HTTP/1.1 200 OK\r\n', 'X: y\r\n')],
    ['in its body', 's3_timeout', drips(responseHead(200, { 'Transfer-Encoding': 'chunked' }), chunk(' '))],
    ['in the extensions of its chunks', 's3_timeout', drips(responseHead(200, { 'Transfer-Encoding': 'chunked' }), '1;x=y\r\n \r\n')],
  ])('%s is let go at its deadline', async (_, code, script) => {
    const object = await setup(script, 1_000);
    await expect(object.read(undefined)).rejects.toMatchObject({ code });
  });
});
