import { Fault } from '@tandem/api/platform';
import type { Adapter, CheckpointFacts, CheckpointPaths } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';
import type { Seat, SeatAdapter } from './seat';

/** Everything a seat is loaded from, as it lay in the folder at one moment. */
export interface SeatFiles {
  readonly paths: CheckpointPaths;
  readonly adapter?: Adapter;
  /** Changes when any of the files does. */
  readonly version: string;
  /** Changes when the checkpoint's own files do. */
  readonly baseVersion: string;
  /** When that was known, on the monotonic clock. */
  readonly seenAtMs: number;
  /** What seats over the same checkpoint share. */
  readonly weightBytes: number;
  /** Weights, KV cache and working memory. */
  readonly memoryBytes: number;
  readonly facts: CheckpointFacts;
}

interface AdapterFiles {
  readonly files: CheckpointFiles;
  readonly scale: number;
}

export function seatFilesOf(base: CheckpointFiles, facts: CheckpointFacts, adapter: AdapterFiles | undefined): SeatFiles {
  return {
    paths: base.paths,
    ...(adapter === undefined ? {} : { adapter: { path: adapter.files.paths[0] ?? '', scale: adapter.scale } }),
    version: joinedVersion(base, adapter?.files),
    baseVersion: versionOf(base),
    seenAtMs: performance.now(),
    weightBytes: base.sizeBytes,
    memoryBytes: facts.memoryEstimateBytes + (adapter?.files.sizeBytes ?? 0),
    facts,
  };
}

/** The adapter's file among those that were found: a name from the configuration is looked up, never joined to a path. @throws Fault */
export function adapterFrom({ file, scale }: SeatAdapter, found: readonly CheckpointFiles[]): AdapterFiles {
  const files = found.find(({ name }) => name === file);
  if (files === undefined) {
    throw new Fault('model_invalid', `There is no adapter ${JSON.stringify(file)} in the checkpoints folder. Put the file there, or correct the configuration.`, {
      param: 'model',
    });
  }
  if (!/\.gguf$/i.test(file) || files.paths.length !== 1) {
    throw new Fault('model_invalid', `${file} cannot be an adapter: it must be one GGUF file, as convert_lora_to_gguf.py from llama.cpp writes it.`, { param: 'model' });
  }
  return { files, scale };
}

/** Changes when the files do. */
export function versionOf({ name, sizeBytes, modifiedMs, identity }: CheckpointFiles): string {
  return [name, sizeBytes, modifiedMs, identity].join('\n');
}

/** The `version` of the files that a seat would be loaded from; null where one is missing. */
export function versionOfSeat({ checkpoint, adapter }: Seat, found: readonly CheckpointFiles[]): string | null {
  const base = found.find(({ name }) => name === checkpoint);
  const over = adapter && found.find(({ name }) => name === adapter.file);
  return base === undefined || (adapter !== undefined && over === undefined) ? null : joinedVersion(base, over);
}

function joinedVersion(base: CheckpointFiles, adapter: CheckpointFiles | undefined): string {
  return adapter === undefined ? versionOf(base) : `${versionOf(base)}\n${versionOf(adapter)}`;
}
