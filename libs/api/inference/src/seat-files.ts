import type { Convertible } from '@tandem/api/import';
import { Fault } from '@tandem/api/faults';
import type { Adapter, CheckpointFacts, CheckpointPaths } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';
import { howToUseAdapter } from './describe-checkpoint';
import type { Seat } from './seat';

/** Everything a seat is loaded from, as it lay in the folder at one moment. */
export interface SeatFiles {
  readonly paths: CheckpointPaths;
  readonly adapter?: Adapter;
  /** Changes when any of the files does, or how much of an adapter is put over the checkpoint. */
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
  /** It must be converted before it can be loaded: paths are empty, and sizes are foretold. */
  readonly conversion?: Convertible;
}

/** One of a seat's files, with what its header says. */
export interface ReadFiles {
  readonly files: CheckpointFiles;
  readonly facts: CheckpointFacts;
  /** What is loaded: the files themselves, or what they were converted to; empty where they are not yet. */
  readonly paths: CheckpointPaths;
  readonly weightBytes: number;
  readonly conversion?: Convertible;
}

/** @throws Fault `model_invalid` for what does not go together */
export function seatFilesOf(base: ReadFiles, adapter?: ReadFiles & { readonly scale: number }): SeatFiles {
  if (base.facts.kind === 'adapter') throw unusable(howToUseAdapter(base.files.name));
  if (adapter !== undefined) checkAdapter(adapter, base);
  return {
    paths: base.paths,
    ...(base.conversion === undefined ? {} : { conversion: base.conversion }),
    ...(adapter === undefined ? {} : { adapter: { path: adapter.paths[0] ?? '', scale: adapter.scale } }),
    version: joinedVersion(base.files, adapter),
    baseVersion: versionOf(base.files),
    seenAtMs: performance.now(),
    weightBytes: base.weightBytes,
    memoryBytes: base.facts.memoryEstimateBytes + (adapter?.files.sizeBytes ?? 0),
    facts: base.facts,
  };
}

/** A name from the configuration is looked up among the files that were found, never joined to a path. @throws Fault */
export function lookUp(name: string, found: readonly CheckpointFiles[], use: 'checkpoint' | 'adapter'): CheckpointFiles {
  const files = found.find((candidate) => candidate.name === name);
  if (files !== undefined && files.problem === null) return files;
  if (files !== undefined) throw unusable(files.problem ?? '');
  if (use === 'adapter')
    throw unusable(`There is no adapter ${JSON.stringify(name)} in the checkpoints folder. Put the file there, or correct the configuration.`);
  throw new Fault('model_not_found', `There is no checkpoint ${JSON.stringify(name)} in the checkpoints folder.`, { param: 'model' });
}

function checkAdapter({ files, facts }: ReadFiles, base: ReadFiles): void {
  if (facts.kind !== 'adapter') throw unusable(`${files.name} is no adapter but a whole model. Make one with convert_lora_to_gguf.py from llama.cpp.`);
  if (facts.architecture !== base.facts.architecture) {
    throw unusable(`The adapter ${files.name} is for ${facts.architecture} models, and ${base.files.name} is a ${base.facts.architecture} model.`);
  }
}

/** Says whose header it is that cannot be used. @throws always */
export function refuseAdapter(name: string, thrown: unknown): never {
  throw thrown instanceof Fault && thrown.code === 'model_invalid' ? unusable(`The adapter ${name} cannot be used. ${thrown.message}`) : thrown;
}

function unusable(reason: string): Fault {
  return new Fault('model_invalid', reason, { param: 'model' });
}

/** Changes when the files do. */
export function versionOf({ name, sizeBytes, modifiedMs, identity }: CheckpointFiles): string {
  return [name, sizeBytes, modifiedMs, identity].join('\n');
}

/** The `version` of the files that a seat would be loaded from; null where one is missing. */
export function versionOfSeat({ checkpoint, adapter }: Seat, found: readonly CheckpointFiles[]): string | null {
  const base = found.find(({ name }) => name === checkpoint);
  if (base === undefined || adapter === undefined) return base === undefined ? null : joinedVersion(base);
  const files = found.find(({ name }) => name === adapter.file);
  return files === undefined ? null : joinedVersion(base, { files, scale: adapter.scale });
}

/** What a model computes at one scale of an adapter says nothing of another. */
function joinedVersion(base: CheckpointFiles, adapter?: { readonly files: CheckpointFiles; readonly scale: number }): string {
  return adapter === undefined ? versionOf(base) : `${versionOf(base)}\n${versionOf(adapter.files)}\n${adapter.scale}`;
}
