import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { TokenFile } from './token-file';

const folder = mkdtempSync(join(tmpdir(), 'tandem-token-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A file that was read once, as at the start. */
async function setup(text: string | undefined, given: Record<string, string> = {}) {
  const path = join(folder, `${++files}.env`);
  const write = (changed: string) => {
    writeFileSync(`${path}.new`, changed);
    renameSync(`${path}.new`, path);
  };
  if (text !== undefined) write(text);
  const file = new TokenFile(path, given);
  expect(await file.readChange()).toBeUndefined();
  return { file, path, write };
}

describe('TokenFile', () => {
  it('gives the tokens once they have changed, and once only', async () => {
    const { file, write } = await setup('ACCESS_TOKENS=one-token');
    expect(await file.readChange()).toBeUndefined();
    write('# new\nACCESS_TOKENS="one-token, other-token"\nADMIN_TOKEN=admin-token\n');
    expect(await file.readChange()).toMatchObject({ accessTokens: ['one-token', 'other-token'], adminToken: 'admin-token' });
    expect(await file.readChange()).toBeUndefined();
  });

  it('reads one that was not there before', async () => {
    const { file, write } = await setup(undefined);
    write('ACCESS_TOKENS=one-token');
    expect(await file.readChange()).toMatchObject({ accessTokens: ['one-token'] });
  });

  it('leaves what the process was started with', async () => {
    const { file, write } = await setup('', { ACCESS_TOKENS: 'given-token' });
    write('ACCESS_TOKENS=one-token');
    expect(await file.readChange()).toMatchObject({ accessTokens: ['given-token'] });
  });

  it('changes nothing where the file is gone for a moment, or cannot be used', async () => {
    const warn = jestSpy();
    const { file, path, write } = await setup('ACCESS_TOKENS=one-token');
    rmSync(path);
    expect(await file.readChange()).toBeUndefined();
    write('ACCESS_TOKENS=short');
    expect(await file.readChange()).toBeUndefined();
    expect(warn).toEqual([expect.stringMatching(/stay as they were: ACCESS_TOKENS: .*number 1 is not/)]);
  });
});

/** The warnings of the log, which says nothing meanwhile. */
function jestSpy(): string[] {
  const said: string[] = [];
  Logger.overrideLogger({ log: () => undefined, error: () => undefined, warn: (message: string) => void said.push(message) });
  return said;
}
