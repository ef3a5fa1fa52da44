import { basename } from 'node:path';
import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import { type Header, shown, U16 } from './header';
import { MalformedHeader } from './malformed-header';

/** Refuses parts that do not make up one checkpoint: one missing, one of another model, one in another's place. */
export function checkSplit(paths: CheckpointPaths, headers: readonly Header[]): void {
  const count = counted(headers[0], 'split.count') ?? 1;
  if (count === 1 && paths.length === 1) return;
  headers.forEach((header, index) => {
    const file = paths.length === 1 ? 'it' : basename(paths[index] ?? '');
    const own = counted(header, 'split.count');
    if (own !== count) throw new MalformedHeader(`${file} is one of ${own ?? 1} parts, and the first one says ${count}`);
    const number = (counted(header, 'split.no') ?? -1) + 1;
    // llama.cpp ends the process over a number of another type.
    if (header.types.get('split.no') !== U16) throw new MalformedHeader(`${file} says which part it is in another type of number than it must`);
    if (number !== index + 1) throw new MalformedHeader(`${file} is part ${number} of ${count}, where part ${index + 1} belongs`);
  });
  if (paths.length < count) throw new MalformedHeader(`part ${paths.length + 1} of ${count} is missing`);
  const tensors = headers.flatMap((header) => header.tensors);
  const promised = counted(headers[0], 'split.tensors.count');
  if (promised !== undefined && promised !== tensors.length) {
    throw new MalformedHeader(`its parts hold ${tensors.length} tensors together instead of ${promised}`);
  }
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) throw new MalformedHeader(`the tensor ${shown(name)} is in two of its parts`);
    names.add(name);
  }
}

function counted(header: Header | undefined, key: string): number | undefined {
  const value = header?.metadata.get(key);
  return typeof value === 'number' ? value : undefined;
}
