import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanFolder } from './scan-folder';
import { temporaryFolder } from './testing/open-inference';

describe('scanFolder', () => {
  const outside = temporaryFolder();
  const folder = temporaryFolder();
  const inside = (name: string): string => join(folder.path, name);
  const namesIn = async (path: string): Promise<string[]> => (await scanFolder(path)).map(({ name }) => name);

  beforeAll(() => {
    writeFileSync(join(outside.path, 'secret.gguf'), 'x');
    mkdirSync(inside('sft/deep'), { recursive: true });
    mkdirSync(inside('folder.gguf'));
    for (const name of ['a.gguf', 'sft/b.GGUF', 'sft/deep/c.pt', 'notes.txt', '.hidden.gguf']) writeFileSync(inside(name), 'x');
  });

  afterAll(() => {
    folder.remove();
    outside.remove();
  });

  it('finds checkpoints in folders and their subfolders', async () => {
    expect(await namesIn(folder.path)).toEqual(['a.gguf', 'sft/b.GGUF', 'sft/deep/c.pt']);
  });

  it('takes every name a file system allows', async () => {
    const names = ['with space.gguf', `quo'te".gguf`, '😀.gguf', '%2e%2e.gguf', 'line\nbreak.gguf', `${'x'.repeat(250)}.gguf`];
    const odd = temporaryFolder();
    for (const name of names) writeFileSync(join(odd.path, name), 'x');
    expect((await namesIn(odd.path)).sort()).toEqual([...names].sort());
    odd.remove();
  });

  it('skips what is no regular file inside the folder', async () => {
    symlinkSync(join(outside.path, 'secret.gguf'), inside('escape.gguf'));
    symlinkSync(outside.path, inside('escape'));
    symlinkSync('nowhere', inside('broken.gguf'));
    execFileSync('mkfifo', [inside('pipe.gguf')]);
    linkSync(inside('a.gguf'), inside('hard.gguf'));
    symlinkSync('a.gguf', inside('alias.gguf'));
    expect(await namesIn(folder.path)).toEqual(['a.gguf', 'alias.gguf', 'hard.gguf', 'sft/b.GGUF', 'sft/deep/c.pt']);
  });

  it('finds nothing where there is no folder', async () => {
    expect(await namesIn(inside('missing'))).toEqual([]);
  });

  it('lists 5000 files', async () => {
    const crowd = temporaryFolder();
    for (let index = 0; index < 5000; index++) writeFileSync(join(crowd.path, `${index}.gguf`), '');
    expect(await scanFolder(crowd.path)).toHaveLength(5000);
    crowd.remove();
  });
});
