import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKPOINT_FIXTURES_FOLDER, eventually, until, writeLargeCheckpoint } from '@tandem/testing';
import { localModelsOf, textOf } from './testing/local-models';
import { childrenOf, isAlive } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const PT = 'sft/best.pt';
/** 1 GB in 32 bits, of which some is still to be converted however late one looks. */
const LARGE_LAYERS = 16;

describe('where conversions are kept', () => {
  let folder: string;
  let checkpoints: string;
  let server: RunningServer;
  const { known, status, act, generate, list } = localModelsOf(() => server.origin);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-converted-dir-'));
    checkpoints = join(folder, 'checkpoints');
    for (const name of ['sft', 'configs']) cpSync(join(CHECKPOINT_FIXTURES_FOLDER, 'mini-deepseek', name), join(checkpoints, name), { recursive: true });
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    server = await startServer(folder, { CHECKPOINTS_DIR: checkpoints, ...environment });
  };
  const answer = async (): Promise<string> => textOf(await generate(PT, 'Who waits?')).trim();

  it('is the folder that CONVERTED_DIR names, and what lies there is no checkpoint', async () => {
    const converted = join(checkpoints, 'made');
    await start({ CONVERTED_DIR: converted });
    await known(PT);
    expect(await answer()).toBe('A heron, under the bridge.');
    expect(readdirSync(converted)).toHaveLength(1);
    expect(existsSync(join(checkpoints, '.converted'))).toBe(false);
    expect(Object.keys(await list())).toEqual([PT]);
  });

  it('outlives the server', async () => {
    await start();
    await known(PT);
    await answer();
    const files = readdirSync(join(checkpoints, '.converted'));
    await server.stop();
    await start();
    await known(PT, ({ converted }) => converted === true);
    const frames = await generate(PT, 'Who waits?');
    expect(frames.flatMap((frame) => ('phase' in frame ? [frame.phase] : []))).not.toContain('converting');
    expect(readdirSync(join(checkpoints, '.converted'))).toEqual(files);
  });

  it('is emptied of what a server and a converter that were killed left half written', async () => {
    writeLargeCheckpoint(join(checkpoints, 'large'), LARGE_LAYERS);
    await start({ IMPORT_TYPE: 'q8_0' });
    await known('large');
    await act('POST', 'large', 'load');
    await until(async () => (await status('large')).progress > 0.02);
    const children = childrenOf(server.pid);
    for (const child of children) process.kill(child, 'SIGSTOP');
    server.signal('SIGKILL');
    await server.exit;
    for (const child of children) process.kill(child, 'SIGKILL');
    await until(() => children.every((child) => !isAlive(child)));
    expect(readdirSync(join(checkpoints, '.converted')).join()).toContain('.partial');
    await start();
    await eventually(() => expect(readdirSync(join(checkpoints, '.converted'))).toEqual([]));
  });

  it('holds nothing of a converter whose server was killed: it ends by itself, and removes what it wrote', async () => {
    writeLargeCheckpoint(join(checkpoints, 'large'), LARGE_LAYERS);
    await start({ IMPORT_TYPE: 'q8_0' });
    await known('large');
    await act('POST', 'large', 'load');
    await until(async () => (await status('large')).progress > 0.02);
    const children = childrenOf(server.pid);
    server.signal('SIGKILL');
    await until(() => children.every((child) => !isAlive(child)));
    expect(readdirSync(join(checkpoints, '.converted'))).toEqual([]);
  });

  it('must be written to, and the reason says so where it cannot be', async () => {
    writeFileSync(join(folder, 'file'), '');
    writeFileSync(join(checkpoints, '.converted'), 'no folder');
    await start({ CONVERTED_DIR: join(folder, 'file/below') });
    const refused = await known(PT, ({ loadable }) => !loadable);
    expect(refused).toMatchObject({
      family: 'mini-deepseek',
      converted: false,
      reason: expect.stringMatching(/must be converted once.*CONVERTED_DIR.*\.converted/),
    });
    expect(await act('POST', PT, 'load')).toMatchObject({ status: 422, error: { code: 'model_invalid', message: refused.reason } });
    expect((await fetch(`${server.origin}/stream?model=${encodeURIComponent(PT)}&prompt=Hi`)).status).toBe(422);
    rmSync(join(checkpoints, '.converted'));
    await known(PT, ({ loadable }) => loadable);
    expect(await answer()).toBe('A heron, under the bridge.');
  });

  it('is not begun to be filled where the disk has no room', async () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    const isMounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0;
    await start(isMounted ? { CONVERTED_DIR: small } : {});
    try {
      await known(PT);
      if (!isMounted) return;
      const response = await fetch(`${server.origin}/api/models/${encodeURIComponent(PT)}/load`, { method: 'POST' });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('60');
      expect(await response.json()).toMatchObject({
        error: { code: 'disk_full', retryable: true, message: expect.stringMatching(/MB of disk, and \d+ MB can be had/) },
      });
      expect(readdirSync(small)).toEqual([]);
    } finally {
      if (isMounted) execFileSync('umount', [small]);
    }
  });
});
