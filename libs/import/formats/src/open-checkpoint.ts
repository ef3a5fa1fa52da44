import { type CheckpointFile } from './checkpoint-file';
import { FileBytes } from './file-bytes';
import { RefusedCheckpoint } from './refused-checkpoint';
import { openSafetensorsFile } from './safetensors/open-safetensors-file';
import { openShards } from './shards/open-shards';
import { shardsOf } from './shards/shard-index';
import { openTorchFile } from './torch/open-torch-file';

const SNIFFED_BYTES = 32;
const HEADER_LENGTH_BYTES = 8;

/**
 * Opens whatever a path names: a file of torch.save, a safetensors file, or the index (`….index.json`) or a part of several of either.
 * What it is, its first bytes say and not its name.
 */
export function openCheckpoint(path: string): CheckpointFile {
  const shards = shardsOf(path);
  return shards === null ? openOne(path) : openShards(shards, openOne);
}

/** The files of one checkpoint, as `paths` told them once it was open: nothing is looked for beside them. */
export function openParts(paths: readonly string[]): CheckpointFile {
  const [only = ''] = paths;
  return paths.length <= 1 ? openOne(only) : openShards({ paths, placement: null }, openOne);
}

/** A safetensors file, the index of several, or one of them. */
export function openSafetensors(path: string): CheckpointFile {
  const shards = shardsOf(path);
  return shards === null ? openSafetensorsFile(path) : openShards(shards, openSafetensorsFile);
}

function openOne(path: string): CheckpointFile {
  return isSafetensors(path) ? openSafetensorsFile(path) : openTorchFile(path);
}

function isSafetensors(path: string): boolean {
  const file = FileBytes.open(path);
  try {
    const start = file.read(0, Math.min(file.sizeBytes, SNIFFED_BYTES));
    checkNotSomethingElse(file, start.toString('latin1'));
    return path.endsWith('.safetensors') || start[HEADER_LENGTH_BYTES] === '{'.charCodeAt(0);
  } finally {
    file.close();
  }
}

function checkNotSomethingElse({ title, sizeBytes }: FileBytes, start: string): void {
  if (sizeBytes === 0) throw new RefusedCheckpoint('truncated', `${title} is empty; copy it again.`);
  if (start.startsWith('version https://git-lfs')) {
    throw new RefusedCheckpoint('truncated', `${title} is only a pointer of Git LFS to the file itself; fetch that with "git lfs pull".`);
  }
}
