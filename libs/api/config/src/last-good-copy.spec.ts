import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { closeAfterEach } from '@tandem/testing';
import { LastGoodCopy } from './last-good-copy';

const NAME = 'config-from-s3.json';
const closing = closeAfterEach();

let warned: string[];
beforeEach(() => {
  warned = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((...said: unknown[]) => void warned.push(String(said[0])));
});
afterEach(() => jest.restoreAllMocks());

async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-copy-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  const copy = new LastGoodCopy(join(folder, NAME), 's3://b/k');
  return { folder, copy, files: async () => (await readdir(folder)).filter((name) => name !== 'filler') };
}

/** A disk of 64 KiB for that folder. */
function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  closing(() => void execFileSync('umount', [folder]));
}

/** Only root may; the one below needs no rights. */
const canMount = process.env['CI'] === 'true' || process.getuid?.() === 0;

/** Other rooms, as the workspace names them. */
const rooms = { '@tandem/api/processes': join(import.meta.dirname, '../../processes/src/index.ts') };

/** What a process says that may make no file larger than 4 KiB and writes these one after the other: a limit that needs no rights. */
function writeWithinLimit(path: string, ...texts: readonly string[]): string {
  const script = `
    import { registerHooks } from 'node:module';
    const rooms = ${JSON.stringify(rooms)};
    const inFull = (name, from) => rooms[name] ?? (name.startsWith('./') && from?.endsWith('.ts') ? name + '.ts' : name);
    registerHooks({ resolve: (name, context, next) => next(inFull(name, context.parentURL), context) });
    const { LastGoodCopy } = await import(${JSON.stringify(join(import.meta.dirname, 'last-good-copy.ts'))});
    const copy = new LastGoodCopy(${JSON.stringify(path)}, 's3://b/k');
    for (const text of ${JSON.stringify(texts)}) await copy.write(text);`;
  return execFileSync(
    'sh',
    ['-c', 'ulimit -f 8 && exec "$@"', 'sh', process.execPath, '--experimental-transform-types', '--no-warnings', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
}

describe('LastGoodCopy', () => {
  it('gives back what was written, and leaves nothing beside it', async () => {
    const { copy, files } = await setup();
    await copy.write('{"one":1}');
    await copy.write('{"two":2}');
    expect([await copy.read(), await files(), warned]).toEqual(['{"two":2}', [NAME], []]);
  });

  it('is no use to another bucket', async () => {
    const { folder, copy } = await setup();
    await copy.write('{}');
    await expect(new LastGoodCopy(join(folder, NAME), 's3://other/k').read()).resolves.toBeUndefined();
  });

  it.each(['.new', '.0f8b.new'])('clears away what a process that died left as %s', async (end) => {
    const { folder, copy, files } = await setup();
    await writeFile(join(folder, `${NAME}${end}`), '{"origin":"s3');
    await writeFile(join(folder, 'other.json.new'), 'of someone else');
    await expect(copy.read()).resolves.toBeUndefined();
    await expect(files()).resolves.toEqual(['other.json.new']);
  });

  (canMount ? it : it.skip)('keeps the one before, whole, on a disk that is full, and says so once', async () => {
    const { folder, copy, files } = await setup();
    mountSmallDisk(folder);
    await copy.write('{"good":1}');
    await writeFile(join(folder, 'filler'), Buffer.alloc(40_960));
    const large = 'x'.repeat(60_000);
    await copy.write(large);
    await copy.write(large);
    expect([await copy.read(), await files()]).toEqual(['{"good":1}', [NAME]]);
    expect(warned).toEqual([expect.stringMatching(/cannot be kept in .*config-from-s3\.json \(ENOSPC\)/)]);
    await copy.write('{"small":2}');
    await expect(copy.read()).resolves.toBe('{"small":2}');
    await copy.write(large);
    expect(warned).toHaveLength(2);
  });

  it('keeps the one before, whole, where a file may not grow, and says so once', async () => {
    const { folder, copy, files } = await setup();
    await copy.write('{"good":1}');
    const said = writeWithinLimit(join(folder, NAME), 'x'.repeat(60_000), 'y'.repeat(60_000));
    expect([await copy.read(), await files()]).toEqual(['{"good":1}', [NAME]]);
    expect(said.match(/\(EFBIG\)/g)).toHaveLength(1);
  });

  it('says once that nothing can stand there', async () => {
    const { folder } = await setup();
    await writeFile(join(folder, 'taken'), 'a file, not a folder');
    const copy = new LastGoodCopy(join(folder, 'taken', NAME), 's3://b/k');
    await copy.write('{}');
    await copy.write('{}');
    expect(warned).toEqual([expect.stringMatching(/\((EEXIST|ENOTDIR)\)/)]);
  });

  it('leaves nothing behind where it cannot be put into its place', async () => {
    const { folder, copy, files } = await setup();
    await mkdir(join(folder, NAME, 'in-the-way'), { recursive: true });
    await copy.write('{}');
    await expect(files()).resolves.toEqual([NAME]);
    expect(warned).toEqual([expect.stringMatching(/\((EISDIR|ENOTEMPTY|EEXIST)\)/)]);
  });

  it('is for this user alone', async () => {
    const { folder, copy } = await setup();
    await copy.write('{}');
    expect((await stat(join(folder, NAME))).mode & 0o777).toBe(0o600);
  });
});
