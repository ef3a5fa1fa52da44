import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The page itself comes with a nonce, and not from the disk. */
export const PAGE = 'index.html';

/** What stands behind the name of a file that the build compressed, by the encoding's name on the wire; the smaller one first. */
export const COMPRESSED_NAMES = { br: '.br', gzip: '.gz' } as const;

/** What the build made of the page, by its addresses. */
export class WebFiles {
  readonly names: readonly string[];
  readonly compressed: ReadonlySet<string>;

  constructor(readonly root: string) {
    const endings = Object.values(COMPRESSED_NAMES);
    const isCompressed = (path: string): boolean => endings.some((ending) => path.endsWith(ending));
    const found = filesBelow(root);
    this.names = found.filter((path) => path !== PAGE && !isCompressed(path));
    this.compressed = new Set(found.filter(isCompressed));
  }

  read(name: string): string {
    return readFileSync(join(this.root, name), 'utf8');
  }
}

function filesBelow(root: string): string[] {
  try {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    );
  } catch (error) {
    // not built: nothing is served, but it can be told what would be
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ['theme.js'];
    throw error;
  }
}
