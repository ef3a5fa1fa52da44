import type { CheckpointFiles } from './checkpoint-files';
import { modelFolders } from './model-folders';
import type { FoundFile } from './scan-folder';

const PART = /^(?<stem>.*)-(?<index>\d{5})-of-(?<count>\d{5})(?<extension>\.gguf)$/i;
const MAX_PARTS = 999;

/** Puts the parts of split checkpoints together, and says what is wrong where the names already show it. */
export function groupCheckpointFiles(files: readonly FoundFile[]): CheckpointFiles[] {
  const splits = new Map<string, Map<number, FoundFile>>();
  const checkpoints: CheckpointFiles[] = [];
  const { folders, rest } = modelFolders(files);
  for (const file of rest) {
    const part = partOf(file.name);
    if (part === null) checkpoints.push(single(file));
    else splits.set(part.firstName, (splits.get(part.firstName) ?? new Map<number, FoundFile>()).set(part.index, file));
  }
  for (const [firstName, parts] of splits) checkpoints.push(split(firstName, parts));
  checkpoints.push(...folders);
  return checkpoints.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function single({ name, path, ownPath, sizeBytes, modifiedMs, identity }: FoundFile): CheckpointFiles {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const format = extension === 'gguf' || extension === 'safetensors' ? extension : 'pytorch';
  return { name, format, source: ownPath, paths: [format === 'gguf' ? path : ownPath], sizeBytes, modifiedMs, identity, problem: null };
}

function split(firstName: string, parts: ReadonlyMap<number, FoundFile>): CheckpointFiles {
  const count = partOf(firstName)?.count ?? 0;
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !parts.has(index));
  const present = [...parts].sort(([one], [other]) => one - other).map(([, file]) => file);
  return {
    name: firstName,
    format: 'gguf',
    source: present[0]?.ownPath ?? '',
    // llama.cpp finds the further parts by the name of the first: a link's own, not that of what it leads to
    paths: present.map(({ ownPath }) => ownPath),
    sizeBytes: present.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedMs: Math.max(...present.map(({ modifiedMs }) => modifiedMs)),
    identity: present.map(({ identity }) => identity).join('|'),
    problem: missing.length === 0 ? null : `Part ${missing.join(', ')} of ${count} is missing. Put it next to the others.`,
  };
}

function partOf(name: string): { firstName: string; index: number; count: number } | null {
  const groups = PART.exec(name)?.groups;
  if (groups === undefined) return null;
  const { stem = '', index = '', count = '', extension = '' } = groups;
  const isPlausible = Number(index) >= 1 && Number(index) <= Number(count) && Number(count) <= MAX_PARTS;
  return isPlausible ? { firstName: `${stem}-00001-of-${count}${extension}`, index: Number(index), count: Number(count) } : null;
}
