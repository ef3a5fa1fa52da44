import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { closeAfterEach, describeWithPostgres, eventually, startPostgres, until } from '@tandem/testing';
import { Client } from 'pg';
import { apiClient, keptComparison } from './testing/kept-comparison';
import { type RunningServer, startServer } from './testing/start-server';

const TOOL = join(import.meta.dirname, '../../../dist/apps/api/store-tool.js');
const run = promisify(execFile);
const defer = closeAfterEach();

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  defer(() => rmSync(folder, { recursive: true, force: true }));
  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> => {
    const server = await startServer(folder, environment);
    defer(() => server.stop());
    return server;
  };
  return { folder, start, file: join(folder, '.tandem/tandem.sqlite') };
}

const stateOf = async ({ origin }: RunningServer): Promise<string> => (await apiClient(origin)('GET', '/api/store')).body.store.state;
const keep = ({ origin }: RunningServer) => apiClient(origin)('POST', '/api/comparisons', keptComparison());

describe('where nothing can be kept', () => {
  let folder: string;
  let server: RunningServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keepless-'));
    writeFileSync(join(folder, 'file'), '');
    server = await startServer(folder, { DATA_DIR: 'file/below' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['GET', '/api/comparisons', undefined],
    ['POST', '/api/comparisons', keptComparison()],
    ['GET', '/api/comparisons/x', undefined],
    ['PATCH', '/api/comparisons/x', { title: 'x' }],
    ['GET', '/api/comparisons/x/export?format=json', undefined],
    ['DELETE', '/api/comparisons/x', undefined],
    ['POST', '/api/comparisons/x/votes', { turn: 0, choice: 'tie' }],
    ['PUT', '/api/comparisons/x/votes', { turn: 0, choice: 'tie' }],
    ['GET', '/api/votes/summary?baseline=a&derivative=b', undefined],
    ['GET', '/api/votes/ranking', undefined],
    ['POST', '/api/blind/x/vote', { choice: 'tie' }],
    ['GET', '/api/store/export', undefined],
    ['DELETE', '/api/store', undefined],
  ])('%s %s says so', async (method, path, body) => {
    const { status, headers, body: answer } = await apiClient(server.origin)(method, path, body);
    expect([status, answer.error.code]).toEqual([503, 'store_unavailable']);
    expect(headers.get('retry-after')).toMatch(/^[1-9]/);
  });

  it('everything else goes on, and the log and /api/store say why', async () => {
    expect((await fetch(`${server.origin}/api/models`)).status).toBe(200);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    await until(() => server.log().includes('Nothing can be kept: file/below cannot be written to (ENOTDIR)'));
    expect((await apiClient(server.origin)('GET', '/api/store')).body.store).toEqual({
      kind: 'sqlite',
      state: 'off',
      reason: expect.stringContaining('ENOTDIR'),
    });
  });
});

describe('what is kept in a folder', () => {
  const canMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
  (canMount ? it : it.skip)('is read while the disk is full, beside all else, and added to once there is room', async () => {
    const { folder, start } = setup();
    mkdirSync(join(folder, '.tandem'));
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', join(folder, '.tandem')]).status).toBe(0);
    defer(() => void spawnSync('umount', [join(folder, '.tandem')]));
    const server = await start();
    const ask = apiClient(server.origin);
    const answers = [await keep(server)];
    while (answers.at(-1)?.status === 201 && answers.length < 500) answers.push(await keep(server));
    const { status, headers, body } = answers.at(-1) ?? (await keep(server));
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'store_unavailable', '5']);
    expect(body.error.message).toBe('Nothing more can be kept now: the disk with .tandem is full: make room.');
    expect((await ask('GET', '/api/store')).body.store).toMatchObject({ state: 'off', reason: 'the disk with .tandem is full: make room' });
    expect((await ask('GET', `/api/comparisons/${answers[0]?.body.comparison.id}`)).body.comparison).toMatchObject(keptComparison());
    const rows = (await (await fetch(`${server.origin}/api/store/export`)).text()).split('\n').filter((line) => line.startsWith('{"table":"comparisons"'));
    expect(rows).toHaveLength(answers.length - 1);
    expect((await fetch(`${server.origin}/api/models`)).status).toBe(200);
    spawnSync('mount', ['-o', 'remount,size=8m', join(folder, '.tandem')]);
    await until(async () => (await stateOf(server)) === 'ready');
    expect((await keep(server)).status).toBe(201);
  });

  it('has its tables made once when three servers start at once, of which one keeps and two say why they do not', async () => {
    const { start, file } = setup();
    const servers = await Promise.all([start(), start(), start()]);
    await until(async () => !(await Promise.all(servers.map(stateOf))).includes('opening'));
    expect((await Promise.all(servers.map(stateOf))).toSorted()).toEqual(['off', 'off', 'ready']);
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare('select name, count(*) as times from store_migrations group by name having times <> 1').all()).toEqual([]);
    database.close();
    const answers = await Promise.all(servers.map(keep));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 503, 503]);
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.body.error).toMatchObject({
      code: 'store_unavailable',
      retryable: true,
      message: expect.stringContaining('another Tandem keeps its data in .tandem'),
    });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    await eventually(() => expect(servers.filter((server) => server.log().includes('Nothing can be kept: another Tandem'))).toHaveLength(2));
  });

  it('survives a server that is killed while it writes: whatever was answered is there, and whole', async () => {
    const { start, file } = setup();
    for (let round = 0; round < 3; round += 1) {
      const server = await start();
      await until(async () => (await stateOf(server)) === 'ready');
      const answered: string[] = [];
      const writing = Array.from({ length: 8 }, async () => {
        for (;;) {
          const kept = await keep(server).catch(() => undefined);
          if (kept?.status !== 201) return;
          answered.push(kept.body.comparison.id);
        }
      });
      await until(async () => answered.length > 20);
      server.signal('SIGKILL');
      await Promise.all(writing);
      await server.exit;
      const database = new DatabaseSync(file);
      expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const kept = new Map(
        database
          .prepare('select comparison_id as id, count(*) as turns from comparison_turns group by 1')
          .all()
          .map(({ id, turns }) => [id, turns]),
      );
      expect(database.prepare('select count(*) as n from comparisons').get()).toEqual({ n: kept.size });
      database.close();
      expect(answered.filter((id) => kept.get(id) !== 2)).toEqual([]);
    }
  });

  it('is deleted when it has grown too old', async () => {
    const { start, file } = setup();
    const first = await start();
    const [old, young] = [await keep(first), await keep(first)].map(({ body }) => body.comparison.id);
    await apiClient(first.origin)('POST', `/api/comparisons/${old}/votes`, { turn: 0, choice: 'tie' });
    await first.stop();
    const database = new DatabaseSync(file);
    database.prepare('update comparisons set created_at = ? where id = ?').run(Date.now() - 8 * 24 * 3_600_000, old ?? '');
    database.close();
    const second = await start({ RETENTION_DAYS: '7' });
    await until(async () => second.log().includes('older than 7 days were deleted'));
    const { body } = await apiClient(second.origin)('GET', '/api/comparisons');
    expect(body.comparisons.map(({ id }) => id)).toEqual([young]);
    expect((await apiClient(second.origin)('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.tie).toBe(0);
  });

  it('is saved in another file while the server runs, which can take its place', async () => {
    const { folder, start, file } = setup();
    const server = await start();
    const { id } = (await keep(server)).body.comparison;
    await run(process.execPath, [TOOL, 'backup', 'saved.sqlite'], { cwd: folder, env: { PATH: process.env['PATH'] } });
    await expect(run(process.execPath, [TOOL, 'backup', 'saved.sqlite'], { cwd: folder, env: {} })).rejects.toMatchObject({
      stderr: expect.stringContaining('is there already'),
    });
    await server.stop();
    rmSync(join(folder, '.tandem'), { recursive: true });
    mkdirSync(join(folder, '.tandem'));
    writeFileSync(file, readFileSync(join(folder, 'saved.sqlite')));
    const again = await start();
    expect((await apiClient(again.origin)('GET', `/api/comparisons/${id}`)).body.comparison).toMatchObject(keptComparison());
  });
});

describeWithPostgres('what is kept in PostgreSQL', () => {
  it('has its tables made once when three servers start at once, which share it', async () => {
    const postgres = await startPostgres();
    defer(() => postgres.close());
    const { start } = setup();
    const servers = await Promise.all([1, 2, 3].map(() => start({ DATABASE_URL: postgres.url })));
    const kept = await Promise.all(servers.map(keep));
    expect(kept.map(({ status }) => status)).toEqual([201, 201, 201]);
    const client = new Client(postgres.url);
    await client.connect();
    expect((await client.query('select name from store_migrations group by name having count(*) <> 1')).rows).toEqual([]);
    await client.end();
    for (const { origin } of servers) expect((await apiClient(origin)('GET', '/api/comparisons')).body.comparisons).toHaveLength(3);
  });

  it('is copied from a folder, whole or not at all', async () => {
    const postgres = await startPostgres();
    defer(() => postgres.close());
    const { folder, start } = setup();
    const first = await start();
    const { id } = (await keep(first)).body.comparison;
    await apiClient(first.origin)('POST', `/api/comparisons/${id}/votes`, { turn: 1, choice: 'derivative' });
    const options = { cwd: folder, env: { PATH: process.env['PATH'], DATABASE_URL: postgres.url } };
    await expect(run(process.execPath, [TOOL, 'copy'], options)).rejects.toMatchObject({ stderr: expect.stringContaining('another Tandem keeps its data') });
    await first.stop();
    const { stdout } = await run(process.execPath, [TOOL, 'copy'], options);
    expect(stdout).toMatch(/comparisons: 1 rows, checksum [0-9a-f]{64}\ncomparison_turns: 2 rows, checksum [0-9a-f]{64}\nvotes: 1 rows, checksum/);
    await expect(run(process.execPath, [TOOL, 'copy'], options)).rejects.toMatchObject({ stderr: expect.stringContaining('comparisons is not empty') });
    const second = await start({ DATABASE_URL: postgres.url });
    expect((await apiClient(second.origin)('GET', `/api/comparisons/${id}`)).body.comparison).toMatchObject(keptComparison());
    expect((await apiClient(second.origin)('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.derivative).toBe(1);
  });
});
