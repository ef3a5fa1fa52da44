import type { FoundFile } from './scan-folder';

/** One checkpoint on disk: a single file, or a split GGUF's parts in order. */
export interface CheckpointFiles {
  /** Of a split one, the name of its first part. */
  readonly name: string;
  readonly paths: readonly string[];
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Of all its files together. */
  readonly identity: string;
  /** Why it cannot be loaded, as far as its files' names tell. */
  readonly problem: string | null;
}

const PART = /^(?<stem>.*)-(?<index>\d{5})-of-(?<count>\d{5})(?<extension>\.gguf)$/i;
const MAX_PARTS = 999;

const CONVERT = {
  pt: 'This is a PyTorch checkpoint. Convert it to GGUF: save it in the Hugging Face format, then run "python convert_hf_to_gguf.py <folder> --outfile model.gguf" from llama.cpp.',
  safetensors:
    'These are safetensors weights. Convert their folder to GGUF with "python convert_hf_to_gguf.py <folder> --outfile model.gguf" from llama.cpp.',
  bin: 'This is a .bin checkpoint. If it is a Hugging Face model, run "python convert_hf_to_gguf.py <folder> --outfile model.gguf" from llama.cpp.',
} as const;

/** Puts the parts of split checkpoints together, and says what is wrong where the names already show it. */
export function groupCheckpointFiles(files: readonly FoundFile[]): CheckpointFiles[] {
  const splits = new Map<string, Map<number, FoundFile>>();
  const checkpoints: CheckpointFiles[] = [];
  for (const file of files) {
    const part = partOf(file.name);
    if (part === null) checkpoints.push(single(file));
    else splits.set(part.firstName, (splits.get(part.firstName) ?? new Map<number, FoundFile>()).set(part.index, file));
  }
  for (const [firstName, parts] of splits) checkpoints.push(split(firstName, parts));
  return checkpoints.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function single({ name, path, sizeBytes, modifiedMs, identity }: FoundFile): CheckpointFiles {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const problem = extension in CONVERT ? CONVERT[extension as keyof typeof CONVERT] : null;
  return { name, paths: [path], sizeBytes, modifiedMs, identity, problem };
}

function split(firstName: string, parts: ReadonlyMap<number, FoundFile>): CheckpointFiles {
  const count = partOf(firstName)?.count ?? 0;
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !parts.has(index));
  const present = [...parts].sort(([one], [other]) => one - other).map(([, file]) => file);
  return {
    name: firstName,
    // llama.cpp finds the further parts by the name of the first: a link's own, not that of what it leads to.
    paths: present.map(({ namedPath }) => namedPath),
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
