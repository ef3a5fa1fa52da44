import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const EXTENSION = /\.(gguf|pt|safetensors|bin)$/i;
const FOLDER_SEAL = 'SHA256SUMS';
const SEAL = /^SHA256SUMS$|\.sha256$/;
const MAX_DEPTH = 8;
const MAX_FILES = 10_000;
/** Enough to keep the file system busy without holding every descriptor. */
const AT_ONCE = 32;

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** Where it lies; of a link, what it leads to. */
  readonly path: string;
  /** Where it has its name, which a part of a split checkpoint is found by. */
  readonly namedPath: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Changes when the file is replaced or written, also where size and time of modification stay. */
  readonly identity: string;
}

interface Names {
  readonly checkpoints: string[];
  /** Files with the hashes that others should have. */
  readonly seals: string[];
}

/** Every regular file under `root` that could be a checkpoint, by name. Links that leave the folder lead nowhere. */
export async function scanFolder(root: string): Promise<FoundFile[]> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return [];
  const { checkpoints, seals } = await namesUnder(realRoot);
  const identities = new Map((await regularFiles(realRoot, seals)).map(({ path, identity }) => [path, identity]));
  const files = await regularFiles(realRoot, checkpoints);
  return files.map((file) => withSeals(file, identities)).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A file whose seal changed must be looked at again. */
function withSeals(file: FoundFile, seals: ReadonlyMap<string, string>): FoundFile {
  const places = new Set([file.path, file.namedPath].flatMap((path) => [`${path}.sha256`, join(dirname(path), FOLDER_SEAL)]));
  const beside = [...places].map((path) => seals.get(path)).filter((seal) => seal !== undefined);
  return beside.length === 0 ? file : { ...file, identity: [file.identity, ...beside].join(' ') };
}

async function regularFiles(realRoot: string, names: readonly string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const found = await Promise.all(names.slice(start, start + AT_ONCE).map((name) => regularFile(realRoot, name)));
    files.push(...found.filter((file) => file !== null));
  }
  return files;
}

async function namesUnder(realRoot: string): Promise<Names> {
  const checkpoints: string[] = [];
  const seals: string[] = [];
  const folders: { prefix: string; depth: number }[] = [{ prefix: '', depth: 0 }];
  for (let folder = folders.shift(); folder !== undefined && checkpoints.length < MAX_FILES; folder = folders.shift()) {
    const { prefix, depth } = folder;
    const entries: Dirent[] = await readdir(join(realRoot, prefix), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && depth < MAX_DEPTH) folders.push({ prefix: `${prefix}${entry.name}/`, depth: depth + 1 });
      else if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      else if (EXTENSION.test(entry.name)) checkpoints.push(prefix + entry.name);
      else if (SEAL.test(entry.name)) seals.push(prefix + entry.name);
    }
  }
  return { checkpoints: checkpoints.slice(0, MAX_FILES), seals };
}

async function regularFile(realRoot: string, name: string): Promise<FoundFile | null> {
  try {
    const namedPath = join(realRoot, name);
    const path = await realpath(namedPath);
    if (!path.startsWith(realRoot + sep)) return null;
    const stats = await lstat(path);
    const identity = `${stats.dev} ${stats.ino} ${stats.ctimeMs}`;
    return stats.isFile() ? { name, path, namedPath, sizeBytes: stats.size, modifiedMs: stats.mtimeMs, identity } : null;
  } catch {
    // Removed meanwhile, a broken link, or a folder that may not be entered.
    return null;
  }
}
