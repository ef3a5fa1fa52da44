import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConvertedFolder } from './converted-folder';

const ID = { source: '0123456789abcdef', key: '0123456789abcdef0123456789abcdef' };
const OTHER = { ...ID, key: 'f'.repeat(32) };
/** Of no process: numbers end before it. */
const NOBODY = 2 ** 22 + 1;

describe('the folder of conversions', () => {
  let root: string;
  let checkpointsDir: string;
  const own = (): string => join(checkpointsDir, '.converted');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tandem-converted-'));
    checkpointsDir = join(root, 'checkpoints');
    mkdirSync(checkpointsDir);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  async function open(convertedDir?: string): Promise<ConvertedFolder> {
    const folder = new ConvertedFolder({ checkpointsDir, ...(convertedDir === undefined ? {} : { convertedDir }) });
    await folder.refresh();
    return folder;
  }

  async function keep(folder: ConvertedFolder, id = ID): Promise<void> {
    const partial = await folder.begin(id);
    writeFileSync(partial.path, 'GGUF');
    await folder.keep(partial);
  }

  it('makes nothing before something is converted', async () => {
    const folder = await open();
    expect({ obstacle: folder.obstacle, has: folder.has(ID), files: readdirSync(checkpointsDir) }).toEqual({ obstacle: null, has: false, files: [] });
  });

  it('gives a file its name only when it is complete', async () => {
    const folder = await open();
    const { version } = folder;
    const partial = await folder.begin(ID);
    await folder.refresh(true);
    expect(folder.has(ID)).toBe(false);
    expect(readdirSync(own())).toEqual([`${ID.source}-${ID.key}.gguf.${process.pid}.partial`]);
    writeFileSync(partial.path, 'GGUF');
    await folder.keep(partial);
    expect(readdirSync(own())).toEqual([`${ID.source}-${ID.key}.gguf`]);
    expect(await folder.find(ID)).toEqual({ path: partial.finalPath, sizeBytes: 4 });
    expect(folder.version).toBeGreaterThan(version);
  });

  it('keeps them elsewhere where it is told so, apart from those of other folders of checkpoints', async () => {
    const elsewhere = join(root, 'elsewhere');
    const folder = await open(elsewhere);
    await keep(folder);
    expect(existsSync(own())).toBe(false);
    const neighbour = new ConvertedFolder({ checkpointsDir: join(root, 'others'), convertedDir: elsewhere });
    await neighbour.refresh();
    expect(neighbour.has(ID)).toBe(false);
    await neighbour.tidy(() => false);
    expect(await folder.find(ID)).not.toBeNull();
  });

  it('finds those that came before it was told to keep them elsewhere', async () => {
    await keep(await open());
    expect((await open(join(root, 'elsewhere'))).has(ID)).toBe(true);
  });

  it('keeps them in the checkpoints folder where the other cannot be written to', async () => {
    writeFileSync(join(root, 'file'), '');
    const folder = await open(join(root, 'file/below'));
    await keep(folder);
    expect(folder.obstacle).toBeNull();
    expect(readdirSync(own())).toHaveLength(1);
  });

  it('says what to do where neither can be written to', async () => {
    writeFileSync(join(root, 'file'), '');
    writeFileSync(own(), 'no folder');
    expect((await open()).obstacle).toBe(
      'This checkpoint must be converted once, and Tandem cannot write into checkpoints/.converted. Set CONVERTED_DIR to a folder that it may write to.',
    );
    const folder = await open(join(root, 'file/below'));
    expect(folder.obstacle).toMatch(/can write neither into the folder that CONVERTED_DIR names nor into checkpoints\/\.converted/);
    expect(await folder.roomBytes()).toBeNull();
    await expect(folder.begin(ID)).rejects.toThrow();
  });

  it('removes what is of no use any more, what a dead process left, and nothing else', async () => {
    const folder = await open();
    await keep(folder);
    await keep(folder, OTHER);
    const running = await folder.begin({ ...ID, key: 'a'.repeat(32) });
    writeFileSync(join(own(), `${ID.source}-${'b'.repeat(32)}.gguf.${NOBODY}.partial`), '');
    writeFileSync(join(own(), `${ID.source}-${'c'.repeat(32)}.gguf.${process.ppid}.partial`), '');
    writeFileSync(join(own(), 'README.txt'), 'mine');
    await folder.tidy(({ key }) => key === OTHER.key);
    expect(readdirSync(own()).sort()).toEqual(
      [
        `${OTHER.source}-${OTHER.key}.gguf`,
        `${ID.source}-${'c'.repeat(32)}.gguf.${process.ppid}.partial`,
        'README.txt',
        running.path.slice(own().length + 1),
      ].sort(),
    );
    expect({ id: folder.has(ID), other: folder.has(OTHER) }).toEqual({ id: false, other: true });
  });

  it('removes at the start what bears its own number: it has begun nothing yet', async () => {
    mkdirSync(own());
    for (const pid of [process.pid, NOBODY]) writeFileSync(join(own(), `${ID.source}-${ID.key}.gguf.${pid}.partial`), '');
    await (await open()).removeLeftovers();
    expect(readdirSync(own())).toEqual([]);
  });

  it('notices that a conversion was removed by somebody else', async () => {
    const folder = await open();
    await keep(folder);
    rmSync(own(), { recursive: true });
    expect(await folder.find(ID)).toBeNull();
    expect(folder.has(ID)).toBe(false);
  });
});
