import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

const EXTENSION = /\.(gguf|pt|safetensors|bin)$/i;
const MAX_DEPTH = 8;
const MAX_FILES = 10_000;
/** Enough to keep the file system busy without holding every descriptor. */
const AT_ONCE = 32;

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Changes when the file is replaced or written, also where size and time of modification stay. */
  readonly identity: string;
}

/** Every regular file under `root` that could be a checkpoint, by name. Links that leave the folder lead nowhere. */
export async function scanFolder(root: string): Promise<FoundFile[]> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return [];
  const names = await namesUnder(realRoot);
  const files: FoundFile[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const found = await Promise.all(names.slice(start, start + AT_ONCE).map((name) => regularFile(realRoot, name)));
    files.push(...found.filter((file) => file !== null));
  }
  return files.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function namesUnder(realRoot: string): Promise<string[]> {
  const names: string[] = [];
  const folders: { prefix: string; depth: number }[] = [{ prefix: '', depth: 0 }];
  for (let folder = folders.shift(); folder !== undefined && names.length < MAX_FILES; folder = folders.shift()) {
    const { prefix, depth } = folder;
    const entries: Dirent[] = await readdir(join(realRoot, prefix), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && depth < MAX_DEPTH) folders.push({ prefix: `${prefix}${entry.name}/`, depth: depth + 1 });
      else if ((entry.isFile() || entry.isSymbolicLink()) && EXTENSION.test(entry.name)) names.push(prefix + entry.name);
    }
  }
  return names.slice(0, MAX_FILES);
}

async function regularFile(realRoot: string, name: string): Promise<FoundFile | null> {
  try {
    const path = await realpath(join(realRoot, name));
    if (!path.startsWith(realRoot + sep)) return null;
    const stats = await lstat(path);
    return stats.isFile() ? { name, path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs, identity: `${stats.ino} ${stats.ctimeMs}` } : null;
  } catch {
    // Removed meanwhile, a broken link, or a folder that may not be entered.
    return null;
  }
}
