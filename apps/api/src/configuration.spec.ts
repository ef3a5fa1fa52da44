import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach, until } from '@tandem/testing';
import { startS3Bucket } from './testing/s3-bucket';
import { type RunningServer, startServer } from './testing/start-server';

const document = (...names: string[]) => JSON.stringify({ baseline_models: names.map((name) => ({ name, endpoint: '127.0.0.1:9' })), twodelta_models: [] });
const LOG_LINES = [
  'Initializing S3 config loader...',
  'Fetching config from S3: s3://tandem/config.json',
  'Successfully loaded config from S3',
  'Config refresh scheduled every 5 minutes',
  'Configuration updated successfully',
];
const closing = closeAfterEach();

async function folderFor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-config-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function bucket() {
  const s3 = await startS3Bucket();
  closing(() => s3.close());
  return s3;
}

async function serve(folder: string, environment: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(folder, environment);
  closing(() => server.stop());
  return server;
}

interface Body {
  readonly models: readonly { readonly name: string }[];
  readonly last_error: { readonly code: string; readonly message: string } | null;
  readonly source: string;
  readonly version: string;
  readonly etag: string | null;
}

async function get(server: RunningServer, path: string, init: RequestInit = {}) {
  const response = await fetch(server.origin + path, init);
  return { status: response.status, body: (await response.json()) as Body };
}
const refresh = (server: RunningServer, headers: Record<string, string> = {}) => get(server, '/api/config/refresh', { method: 'POST', headers });
const names = async (server: RunningServer): Promise<string[]> => (await get(server, '/api/models')).body.models.map(({ name }) => name);

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
    await until(() => LOG_LINES.every((line) => server.log().includes(line)));
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

  it('begins with the local file while S3 is out of reach, and says so', async () => {
    const folder = await folderFor();
    await writeFile(join(folder, 'config.json'), document('Local'));
    const s3 = await bucket();
    const server = await serve(folder, s3.environment);
    expect((await get(server, '/readyz')).status).toBe(200);
    expect((await get(server, '/api/config')).body).toMatchObject({
      source: 'file',
      etag: null,
      last_error: { code: 's3_not_found', message: expect.stringContaining('S3 ClientError (404)') },
    });
    await until(() => server.log().includes('S3 ClientError (404)'));
    expect(await names(server)).toEqual(['Local']);
  });

  it('names all that is wrong where neither S3 nor the local file can be read, and no folder', async () => {
    const folder = await folderFor();
    await writeFile(join(folder, 'models.json'), '{"baseline_models":');
    const s3 = await bucket();
    const server = await serve(folder, { ...s3.environment, CONFIG_FILE: join(folder, 'models.json') });
    expect((await get(server, '/healthz')).status).toBe(200);
    expect((await get(server, '/readyz')).status).toBe(503);
    const { body } = await get(server, '/api/config');
    expect(body.last_error?.message).toMatch(/S3 ClientError \(404\).* models\.json: is not valid JSON/);
    expect(JSON.stringify(body)).not.toContain(folder);
    await until(() => /models\.json: is not valid JSON/.test(server.log()));
    await writeFile(join(folder, 'models.json'), document('Mended'));
    await until(async () => (await get(server, '/readyz')).status === 200);
    expect(await names(server)).toEqual(['Mended']);
  });

  it('survives an emptied or decimated local file, unless that is meant', async () => {
    const folder = await folderFor();
    const file = join(folder, 'config.json');
    await writeFile(file, document('A', 'B', 'C'));
    const server = await serve(folder, {});
    for (const accident of ['{"baseline_models":[],"twodelta_models":[]}', '{}', document('A')]) {
      await writeFile(file, accident);
      await refresh(server);
      expect((await get(server, '/api/config')).body.last_error?.code).toBe('config_shrinks');
      expect(await names(server)).toEqual(['A', 'B', 'C']);
    }
    await rm(file);
    await refresh(server);
    expect((await get(server, '/api/config')).body.last_error?.message).toMatch(/^config\.json: is gone/);
    await writeFile(file, JSON.stringify({ ...JSON.parse(document('A')), allow_shrink: true }));
    await refresh(server);
    expect(await names(server)).toEqual(['A']);
  });

  it('may differ between replicas, which shows, until both have looked', async () => {
    const s3 = await bucket();
    await s3.upload(document('A', 'B'));
    const replicas = await Promise.all([serve(await folderFor(), s3.environment), serve(await folderFor(), s3.environment)]);
    const seen = () =>
      Promise.all(replicas.map(async (server) => (await get(server, '/api/config')).body)).then((bodies) =>
        bodies.map(({ version, etag }) => `${version} ${etag}`),
      );
    const [first, second] = await seen();
    expect(first).toBe(second);
    await s3.upload(document('A', 'C'));
    await refresh(replicas[0] as RunningServer);
    const [ahead, behind] = await seen();
    expect([behind, ahead === behind]).toEqual([second, false]);
    await refresh(replicas[1] as RunningServer);
    expect(new Set(await seen())).toEqual(new Set([ahead]));
  });

  it('never sends Tandem to itself', async () => {
    const folder = await folderFor();
    const server = await serve(folder, {});
    const { port } = new URL(server.origin);
    await server.stop();
    const models = JSON.stringify([{ name: 'Loop', endpoint: `localhost:${port}` }]);
    await expect(startServer(folder, { PORT: port, BASELINE_MODELS: models })).rejects.toThrow(
      /Tandem cannot start\. The environment: baseline_models\[0\]\.endpoint leads to Tandem itself/,
    );
  });
});
