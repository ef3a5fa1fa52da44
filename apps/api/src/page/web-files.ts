import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built web app, beside this bundle. */
export const WEB_ROOT = fileURLToPath(new URL('../web/browser', import.meta.url));

/** The page itself comes with a nonce, and not from the disk. */
const PAGE = 'index.html';

/** Its files by their addresses. */
export const WEB_FILES: readonly string[] = listFiles();

function listFiles(): string[] {
  try {
    const found = readdirSync(WEB_ROOT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return found
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(WEB_ROOT.length + 1)
          .replaceAll(sep, '/'),
      )
      .filter((path) => path !== PAGE);
  } catch (error) {
    // not built: nothing is served, but it can be told what would be
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ['theme.js'];
    throw error;
  }
}

export function readWebFile(name: string): string {
  return readFileSync(join(WEB_ROOT, name), 'utf8');
}
