import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { closeAfterEach } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
const document = (...names: string[]) => JSON.stringify({ baseline_models: names.map((name) => ({ name, endpoint: '127.0.0.1:9' })), twodelta_models: [] });
const closing = closeAfterEach();

async function folderFor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-config-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function bucket() {
  const s3 = new S3rver({ port: 0, address: '127.0.0.1', silent: true, configureBuckets: [{ name: 'tandem', configs: [] }], directory: await folderFor() });
  const { port } = await s3.run();
  closing(() => s3.close());
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
  closing(() => client.destroy());
  return {
    environment: { S3_BUCKET: 'tandem', S3_ENDPOINT: endpoint, ...KEYS },
    upload: (Body: string) => client.send(new PutObjectCommand({ Bucket: 'tandem', Key: 'config.json', Body })),
  };
}

async function serve(folder: string, environment: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(folder, environment);
  closing(() => server.stop());
  return server;
}

interface Body {
  readonly models: readonly { readonly name: string }[];
  readonly last_error: { readonly code: string } | null;
}

async function get(server: RunningServer, path: string, init: RequestInit = {}) {
  const response = await fetch(server.origin + path, init);
  return { status: response.status, body: (await response.json()) as Body };
}
const refresh = (server: RunningServer, headers: Record<string, string> = {}) => get(server, '/api/config/refresh', { method: 'POST', headers });
const names = async (server: RunningServer): Promise<string[]> => (await get(server, '/api/models')).body.models.map(({ name }) => name);

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 8_000; !(await what()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > deadline) throw new Error('It did not come to be within 8 s.');
  }
}

describe('the configuration of a running server', () => {
  it('comes from S3, and is refreshed when someone with the token says so', async () => {
    const s3 = await bucket();
    await s3.upload(document('One'));
    const server = await serve(await folderFor(), { ...s3.environment, ADMIN_TOKEN: 'let me in' });
    expect((await get(server, '/api/config')).body).toEqual({
      status: 'success',
      source: 's3',
      version: expect.stringMatching(/^[0-9a-f]{12}$/),
      etag: expect.stringMatching(/^"/),
      loaded_at: expect.stringMatching(/Z$/),
      next_refresh_at: expect.stringMatching(/Z$/),
      last_error: null,
      counts: { baseline: 1, twodelta: 0, local: 0 },
    });
    await s3.upload(document('One', 'Two'));
    expect(await refresh(server)).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect((await refresh(server, { Authorization: 'Bearer nonsense' })).status).toBe(401);
    expect(await refresh(server, { Authorization: 'Bearer let me in' })).toMatchObject({ status: 200, body: { counts: { baseline: 2 } } });
    expect(await names(server)).toEqual(['One', 'Two']);
    expect(server.log()).toContain('Config refresh scheduled every 5 minutes');
  });

  it('is waited for where no source has any: alive, not ready, and ready when it comes', async () => {
    const s3 = await bucket();
    const server = await serve(await folderFor(), s3.environment);
    expect((await get(server, '/healthz')).status).toBe(200);
    expect(await get(server, '/readyz')).toMatchObject({ status: 503, body: { error: { code: 'no_config', retryable: true } } });
    await s3.upload(document('Late'));
    expect((await refresh(server)).body.last_error).toBeNull();
    expect((await get(server, '/readyz')).status).toBe(200);
    expect(await names(server)).toEqual(['Late']);
  });

  it('keeps what is good, and says what is wrong without a secret', async () => {
    const s3 = await bucket();
    await s3.upload(document('Good'));
    const server = await serve(await folderFor(), { ...s3.environment, API_KEY: 'canary-key', ADMIN_TOKEN: 'canary-token' });
    await s3.upload('{"baseline_models":[{"name":"Bad"}]}');
    const { body } = await refresh(server, { Authorization: 'Bearer canary-token' });
    expect(body.last_error).toMatchObject({ code: 'config_invalid', message: expect.stringContaining('baseline_models[0].endpoint') });
    expect(await names(server)).toEqual(['Good']);
    expect(`${JSON.stringify(body)}${server.log()}`).not.toMatch(/canary|S3RVER/);
  });

  it('follows the local file, and keeps the last good one while that is wrong', async () => {
    const folder = await folderFor();
    await writeFile(join(folder, 'config.json'), document('First', 'Same'));
    const server = await serve(folder, {});
    await writeFile(join(folder, 'config.json'), document('Second', 'Same'));
    await until(async () => (await names(server)).includes('Second'));
    await writeFile(join(folder, 'config.json'), '{"baseline_models":[');
    await until(async () => (await get(server, '/api/config')).body.last_error?.code === 'config_invalid');
    expect(await names(server)).toEqual(['Second', 'Same']);
    await writeFile(join(folder, 'config.json'), document('Third', 'Same'));
    await until(async () => (await get(server, '/api/config')).body.last_error === null);
    expect(await names(server)).toEqual(['Third', 'Same']);
  });
});
