import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { FileBytes } from '../file-bytes';
import { jsonMembers, MalformedJson, parse } from '../json-members';
import { MAX_TENSORS } from '../limits';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';

const MAX_INDEX_BYTES = 64 * 1024 * 1024;
const MAX_SHARDS = 1_000;
const SHARD = /^(.*)-(\d{5})-of-(\d{5})(\.(?:safetensors|bin|pt|pth))$/;

/** The files that a checkpoint is kept in, and which of its tensors is in which where an index says so. */
export interface Shards {
  readonly paths: readonly string[];
  /** From a tensor's name to its file; null without an index. */
  readonly placement: ReadonlyMap<string, string> | null;
}

/** What belongs together with this file: by the index that it is, by the one beside it, or by its number; null if it stands alone. */
export function shardsOf(path: string): Shards | null {
  if (path.endsWith('.index.json')) return shardsOfIndex(path);
  const [, stem, , count, ending] = SHARD.exec(basename(path)) ?? [];
  if (stem === undefined || count === undefined) return null;
  const index = join(dirname(path), `${stem}${ending}.index.json`);
  if (existsSync(index)) return shardsOfIndex(index);
  const total = Number(count);
  if (total > MAX_SHARDS) throw tooManyShards(path);
  const names = Array.from({ length: total }, (_, position) => `${stem}-${String(position + 1).padStart(5, '0')}-of-${count}${ending}`);
  return { paths: names.map((name) => insideOf(path, name)), placement: null };
}

function shardsOfIndex(path: string): Shards {
  const placement = readPlacement(path);
  const paths = new Map([...new Set(placement.values())].map((name) => [name, insideOf(path, name)]));
  if (paths.size > MAX_SHARDS) throw tooManyShards(path);
  return { paths: [...paths.values()], placement: new Map([...placement].map(([tensor, name]) => [tensor, paths.get(name) ?? name])) };
}

function readPlacement(path: string): ReadonlyMap<string, string> {
  const file = FileBytes.open(path);
  try {
    if (file.sizeBytes > MAX_INDEX_BYTES) throw new MalformedJson(`it is ${file.sizeBytes} bytes long`);
    for (const { key, json } of jsonMembers(file.read(0, file.sizeBytes))) if (key === 'weight_map') return placementIn(json);
    throw new MalformedJson('it has no weight_map');
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    const message = `${file.title} is no usable index of a checkpoint: ${error.message}; copy it again.`;
    throw new RefusedCheckpoint('damaged', message, { cause: error });
  } finally {
    file.close();
  }
}

function placementIn(weightMap: Buffer): ReadonlyMap<string, string> {
  const placement = new Map<string, string>();
  for (const { key, json } of jsonMembers(weightMap)) {
    const name = parse(json);
    if (typeof name !== 'string') throw new MalformedJson(`it does not say where the tensor ${quoted(key)} is`);
    if (placement.size >= MAX_TENSORS) throw new MalformedJson(`it names over ${MAX_TENSORS} tensors`);
    placement.set(key, name);
  }
  if (placement.size === 0) throw new MalformedJson('it names no tensor');
  return placement;
}

/**
 * The real path of a shard. It lies in the folder of the file that names it, or where that file itself really is: a Hugging Face cache
 * keeps links in one folder to files that all lie in another.
 */
function insideOf(path: string, name: string): string {
  const folders = [realpathSync(dirname(path)), dirname(realpathSync(path))];
  if (name !== basename(name) || /[\\\0]/.test(name) || name === '' || name === '..' || name === '.') throw outside(path, name);
  const shard = realPathOf(join(dirname(path), name));
  if (shard === null) {
    const message = `The part ${quoted(name)} that belongs to ${quoted(basename(path))} is not there; copy it beside it.`;
    throw new RefusedCheckpoint('shard-missing', message);
  }
  if (!folders.some((folder) => shard.startsWith(folder + sep))) throw outside(path, name);
  return shard;
}

function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function outside(path: string, name: string): RefusedCheckpoint {
  return new RefusedCheckpoint(
    'shard-outside',
    `${quoted(basename(path))} names the part ${quoted(name)}, which lies outside of its folder; put all parts into one folder.`,
  );
}

function tooManyShards(path: string): RefusedCheckpoint {
  return new RefusedCheckpoint('too-large', `${quoted(basename(path))} names over ${MAX_SHARDS} parts; save the checkpoint in fewer.`);
}
