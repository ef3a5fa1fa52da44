import { dirname } from 'node:path';
import type { CheckpointFiles } from './checkpoint-files';
import { folderOf } from './documents';
import type { FoundFile } from './scan-folder';

const SAFETENSORS = /\.safetensors$/i;
const PYTORCH_SHARD = /(?:^|\/)pytorch_model[^/]*\.bin$/i;
/** What training leaves beside the weights of such a folder. */
const TRAINERS_OWN = /(?:^|\/)(?:optimizer|scheduler|scaler|training_args|rng_state[^/]*)\.(?:pth?|bin)$/i;

/** Hugging Face folders among the files: one checkpoint each, named by the folder; and the files that are none of theirs. */
export function modelFolders(files: readonly FoundFile[]): { readonly folders: CheckpointFiles[]; readonly rest: readonly FoundFile[] } {
  const byFolder = new Map<string, FoundFile[]>();
  for (const file of files) {
    const folder = folderOf(file.name);
    // The folder of all checkpoints has no name of its own.
    if (folder === '' || !file.isBesideConfig) continue;
    const known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, [file]);
    else known.push(file);
  }
  const folders: CheckpointFiles[] = [];
  const taken = new Set<FoundFile>();
  for (const [folder, inside] of byFolder) {
    const safetensors = inside.filter(({ name }) => SAFETENSORS.test(name));
    const shards = inside.filter(({ name }) => PYTORCH_SHARD.test(name));
    const weights = safetensors.length > 0 ? safetensors : shards;
    if (weights.length === 0) continue;
    folders.push(modelFolder(folder, weights, safetensors.length > 0));
    for (const file of [...safetensors, ...shards, ...inside.filter(({ name }) => TRAINERS_OWN.test(name))]) taken.add(file);
  }
  return { folders, rest: files.filter((file) => !taken.has(file)) };
}

function modelFolder(folder: string, weights: readonly FoundFile[], isSafetensors: boolean): CheckpointFiles {
  return {
    name: folder.slice(0, -1),
    format: isSafetensors ? 'safetensors' : 'pytorch',
    source: dirname(weights[0]?.ownPath ?? ''),
    paths: weights.map(({ ownPath }) => ownPath),
    sizeBytes: weights.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedMs: Math.max(...weights.map(({ modifiedMs }) => modifiedMs)),
    identity: weights.map(({ identity }) => identity).join('|'),
    problem: null,
  };
}
