import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_FLAGS } from './node-flags.mjs';

const node = (...given: readonly string[]) => execFileSync(process.execPath, [...NODE_FLAGS, ...given], { encoding: 'utf8' });

describe('NODE_FLAGS', () => {
  it('has traces name the lines of what was bundled', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-flags-'));
    try {
      const map = { version: 3, sources: ['greeting.ts'], names: [], mappings: 'AAAA' };
      writeFileSync(join(folder, 'main.js.map'), JSON.stringify(map));
      writeFileSync(join(folder, 'main.mjs'), 'console.log(new Error().stack);\n//# sourceMappingURL=main.js.map\n');
      expect(node(join(folder, 'main.mjs'))).toContain('greeting.ts:1:1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads no map of a package', () => {
    expect(node('-p', 'require("node:module").getSourceMapsSupport().nodeModules')).toBe('false\n');
  });
});
