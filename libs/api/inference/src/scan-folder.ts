import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { DOCUMENT, Documents, folderOf } from './documents';

const EXTENSION = /\.(gguf|pth?|ckpt|safetensors|bin)$/i;
const GGUF = /\.gguf$/i;
const FOLDER_CHECKSUMS = 'SHA256SUMS';
const CHECKSUM = /^SHA256SUMS$|\.sha256$/;
const MAX_DEPTH = 8;
const MAX_FILES = 10_000;
/** Enough to keep the file system busy without holding every descriptor. */
const AT_ONCE = 32;

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** Where it lies, links followed. */
  readonly path: string;
  /** Where it stands in the folder, as itself or as a link: a part of a split checkpoint is found by that name. */
  readonly ownPath: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Changes when the file is replaced or written, also where size and time of modification stay. */
  readonly identity: string;
  /** Whether a `config.json` stands beside it. */
  readonly isBesideConfig: boolean;
}

interface Names {
  readonly checkpoints: string[];
  /** Files with the hashes that others should have. */
  readonly checksums: string[];
  readonly documents: string[];
}

/**
 * Every regular file under `root` that could be a checkpoint, by name. Links that leave the folder lead nowhere. Nothing in
 * `hidden` is found, an absolute path.
 */
export async function scanFolder(root: string, hidden?: string): Promise<FoundFile[]> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return [];
  const { checkpoints, checksums, documents } = await namesUnder(realRoot, hidden);
  const identities = new Map((await regularFiles(realRoot, checksums)).map(({ path, identity }) => [path, identity]));
  const beside = new Documents(await regularFiles(realRoot, documents));
  const files = await regularFiles(realRoot, checkpoints);
  return files.map((file) => withChecksums(withDocuments(file, beside), identities)).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** One of another format must be looked at again where what stands beside it changed. */
function withDocuments(file: FoundFile, documents: Documents): FoundFile {
  if (GGUF.test(file.name)) return file;
  const folder = folderOf(file.name);
  return { ...file, identity: `${file.identity} ${documents.identityOf(folder)}`, isBesideConfig: documents.has(`${folder}config.json`) };
}

/** A file whose checksum changed must be looked at again. */
function withChecksums(file: FoundFile, checksums: ReadonlyMap<string, string>): FoundFile {
  const paths = new Set([file.path, file.ownPath].flatMap((path) => [`${path}.sha256`, join(dirname(path), FOLDER_CHECKSUMS)]));
  const beside = [...paths].map((path) => checksums.get(path)).filter((checksum) => checksum !== undefined);
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

async function namesUnder(realRoot: string, hidden: string | undefined): Promise<Names> {
  const checkpoints: string[] = [];
  const checksums: string[] = [];
  const documents: string[] = [];
  const folders: { prefix: string; depth: number }[] = [{ prefix: '', depth: 0 }];
  for (let folder = folders.shift(); folder !== undefined && checkpoints.length < MAX_FILES; folder = folders.shift()) {
    const { prefix, depth } = folder;
    const entries: Dirent[] = await readdir(join(realRoot, prefix), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && join(realRoot, prefix, entry.name) === hidden) continue;
      else if (entry.isDirectory() && depth < MAX_DEPTH) folders.push({ prefix: `${prefix}${entry.name}/`, depth: depth + 1 });
      else if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      else if (EXTENSION.test(entry.name)) checkpoints.push(prefix + entry.name);
      else if (CHECKSUM.test(entry.name)) checksums.push(prefix + entry.name);
      else if (DOCUMENT.test(entry.name) && documents.length < MAX_FILES) documents.push(prefix + entry.name);
    }
  }
  return { checkpoints: checkpoints.slice(0, MAX_FILES), checksums, documents };
}

async function regularFile(realRoot: string, name: string): Promise<FoundFile | null> {
  try {
    const ownPath = join(realRoot, name);
    const path = await realpath(ownPath);
    if (!path.startsWith(realRoot + sep)) return null;
    const stats = await lstat(path);
    const identity = `${stats.dev} ${stats.ino} ${stats.ctimeMs}`;
    return stats.isFile() ? { name, path, ownPath, sizeBytes: stats.size, modifiedMs: stats.mtimeMs, identity, isBesideConfig: false } : null;
  } catch {
    // Removed meanwhile, a broken link, or a folder that may not be entered.
    return null;
  }
}
