import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** What a checkpoint cannot say about itself, by the names its projects give it, and how large each may be. */
const MB = 1024 * 1024;
const LIMITS: Readonly<Record<string, number>> = {
  'config.json': MB,
  'generation_config.json': MB,
  'params.json': MB,
  'tokenizer_config.json': 8 * MB,
  'chat_template.jinja': MB,
  'chat_template.json': MB,
  'tokenizer.json': 48 * MB,
  'tokenizer.model': 16 * MB,
  'meta.pkl': 4 * MB,
};
const SENTENCE_PIECE = /^tok\d*\.model$/;
const YAML = /\.ya?ml$/i;
const YAML_BYTES = MB / 4;
const MAX_YAMLS = 64;
const MAX_FOLDERS = 16;

export function limitOf(name: string): number {
  if (YAML.test(name)) return YAML_BYTES;
  return (SENTENCE_PIECE.test(name) ? LIMITS['tokenizer.model'] : LIMITS[name]) ?? 0;
}

/**
 * The files beside a checkpoint that may belong to it, the nearest first: in its own folder, and in
 * `configs/` there and in every folder above. Nothing outside of `root` is looked at, and no link leads there. Whether one can be
 * read shows when it is: what is there and no use must not pass for what is missing.
 */
export function findBeside(checkpoint: string, root: string): string[] {
  const realRoot = realpathSync(root);
  const folder = dirname(checkpoint);
  const found = filesIn(folder, (name) => limitOf(name) > 0);
  for (const above of foldersUpTo(folder, realRoot)) found.push(...filesIn(join(above, 'configs'), (name) => YAML.test(name)));
  return found.filter((path) => isWithin(path, realRoot));
}

function filesIn(folder: string, isWanted: (name: string) => boolean): string[] {
  try {
    const names = readdirSync(folder).filter(isWanted).sort();
    const yamls = names.filter((name) => YAML.test(name));
    return names.filter((name) => !YAML.test(name) || yamls.indexOf(name) < MAX_YAMLS).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The folder itself first. A folder outside of the root has nothing above it that counts. */
function foldersUpTo(folder: string, realRoot: string): string[] {
  const folders: string[] = [];
  try {
    for (let real = realpathSync(folder); folders.length < MAX_FOLDERS && isInside(real, realRoot); real = dirname(real)) folders.push(real);
  } catch {
    // The folder is gone: there is nothing beside the checkpoint either.
  }
  return folders;
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Links keep their own name, and are followed inside of the root only. */
function isWithin(path: string, realRoot: string): boolean {
  try {
    return isInside(realpathSync(path), realRoot);
  } catch {
    return false;
  }
}
