import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach } from '@tandem/testing';
import { makeFolder } from './make-folder';

const defer = closeAfterEach();

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-folder-'));
  defer(() => rmSync(folder, { recursive: true }));
  return { folder };
}

describe('makeFolder', () => {
  it('makes a folder and those above it that are missing, with its mode', async () => {
    const { folder } = setup();
    await makeFolder(join(folder, 'a', 'b', 'c'), 0o700);
    expect(['a', 'a/b', 'a/b/c'].map((path) => statSync(join(folder, path)).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  });

  it('leaves one that is there as it is, however many make it', async () => {
    const { folder } = setup();
    await makeFolder(folder);
    await Promise.all(Array.from({ length: 10 }, () => makeFolder(join(folder, 'a', 'b'))));
    expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  });

  it('says where a file stands in the way', async () => {
    const { folder } = setup();
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('ends where a folder that is there can have none in it', async () => {
    const { folder } = setup();
    const inNone = process.platform === 'linux' ? '/proc/nowhere/at/all' : join(folder, 'missing\0', 'at all');
    await expect(makeFolder(inNone)).rejects.toMatchObject({ code: expect.any(String) });
  });
});
