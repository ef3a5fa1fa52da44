import { basename } from 'node:path';
import { type CheckpointFile } from '../checkpoint-file';
import { MAX_TENSORS } from '../limits';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { type SourceTensor } from '../tensor/source-tensor';
import { type Shards } from './shard-index';

/** Several files as one checkpoint. Every tensor is in one of them, and where an index says so in that one. */
export function openShards({ paths, placement }: Shards, open: (path: string) => CheckpointFile): CheckpointFile {
  const shards: CheckpointFile[] = [];
  const close = (): void => shards.forEach((shard) => shard.close());
  try {
    const tensors = new Map<string, SourceTensor>();
    const found = new Map<string, string>();
    for (const path of paths) {
      const shard = open(path);
      shards.push(shard);
      shard.tensors.forEach((tensor, name) => {
        if (tensors.has(name)) throw disagreement(`the tensor ${quoted(name)} is in two of its parts`);
        tensors.set(name, tensor);
        found.set(name, path);
      });
      if (tensors.size > MAX_TENSORS) {
        throw new RefusedCheckpoint('too-large', `It claims to hold over ${MAX_TENSORS} tensors, more than can be converted; check its parts.`);
      }
    }
    placement?.forEach((path, name) => {
      if (found.get(name) !== path) throw disagreement(`the tensor ${quoted(name)} is not in the part ${quoted(basename(path))}`);
    });
    const { format = 'safetensors', metadata = new Map<string, string>() } = shards[0] ?? {};
    return { format, tensors, value: null, metadata, paths: shards.flatMap((shard) => shard.paths), close };
  } catch (error) {
    close();
    throw error;
  }
}

function disagreement(what: string): RefusedCheckpoint {
  return new RefusedCheckpoint('damaged', `The checkpoint's parts do not fit together: ${what}; copy all of it again.`);
}
