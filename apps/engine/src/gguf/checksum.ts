import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MalformedHeader } from './malformed-header';

const MAX_BYTES = 1024 * 1024;
/** As `sha256sum` writes it: the hash, two characters, the name. A name with odd characters is escaped, the line then starts with a backslash. */
const LINE = /^\\?([0-9a-f]{64})(?: [ *](.+))?$/i;

/**
 * The SHA-256 that a file should have, from `<file>.sha256` beside it or its line in the folder's `SHA256SUMS`; null
 * where neither speaks of it.
 */
export function checksumOf(path: string): string | null {
  const name = basename(path);
  const own = readChecksums(`${path}.sha256`);
  if (own !== null) {
    const [first] = own;
    if (first === undefined || (first.name !== null && first.name !== name)) throw new MalformedHeader(`its file ${name}.sha256 holds no SHA-256 of it`);
    return first.hash;
  }
  return readChecksums(join(dirname(path), 'SHA256SUMS'))?.find((line) => line.name === name)?.hash ?? null;
}

function readChecksums(path: string): { hash: string; name: string | null }[] | null {
  const stats = statsOf(path);
  if (stats === undefined) return null;
  if (!stats.isFile() || stats.size > MAX_BYTES) throw new MalformedHeader(`its ${basename(path)} cannot be read`);
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, hash, name] = LINE.exec(line) ?? [];
      return hash === undefined ? [] : [{ hash: hash.toLowerCase(), name: name === undefined ? null : basename(unescaped(line, name)) }];
    });
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // The longest name a file can have leaves no room for an extension behind it.
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function unescaped(line: string, name: string): string {
  return line.startsWith('\\') ? name.replace(/\\([\\nr])/g, (_, code: string) => ({ n: '\n', r: '\r' })[code] ?? '\\') : name;
}
