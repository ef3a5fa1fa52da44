import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from './version';

describe('the version that Tandem says it has', () => {
  it('is the one of its package', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
  });
});
