import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach } from '@tandem/testing';
import { replaceFile } from './replace-file';

const closeLater = closeAfterEach();

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-replace-'));
  closeLater(() => rmSync(folder, { recursive: true }));
  return { folder, file: join(folder, 'config.json') };
}

describe('replaceFile', () => {
  it('leaves the new text alone in the folder, under the old rights', async () => {
    const { folder, file } = setup();
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    await replaceFile(file, 'new');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777, readdirSync(folder)]).toEqual(['new', 0o600, ['config.json']]);
  });

  it('makes a file that was not there', async () => {
    const { file } = setup();
    await replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('writes where a link leads, and keeps the link', async () => {
    const { folder, file } = setup();
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/real.json'), 'old');
    symlinkSync('elsewhere/real.json', file);
    await replaceFile(file, 'new');
    expect([readlinkSync(file), readFileSync(join(folder, 'elsewhere/real.json'), 'utf8')]).toEqual(['elsewhere/real.json', 'new']);
  });

  it('leaves nothing behind where it cannot write', async () => {
    const { folder, file } = setup();
    mkdirSync(file);
    writeFileSync(join(file, 'inside'), '');
    await expect(replaceFile(file, 'new')).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/) });
    expect(readdirSync(folder)).toEqual(['config.json']);
  });
});
