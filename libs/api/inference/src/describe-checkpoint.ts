import type { Checkpoint, CheckpointState, CheckpointType } from '@tandem/shared/contracts';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';

const BYTES_PER_MB = 1024 * 1024;

/** What the header said: its facts, or why it cannot be used. Undefined until it was read. */
export type Inspection = { readonly facts: CheckpointFacts } | { readonly refusal: string };

export function describeCheckpoint(
  files: CheckpointFiles,
  folderName: string,
  inspection: Inspection | undefined,
  status: CheckpointState,
): Checkpoint {
  const facts = inspection !== undefined && 'facts' in inspection ? inspection.facts : null;
  const refusal = inspection !== undefined && 'refusal' in inspection ? inspection.refusal : null;
  const reason = files.problem ?? refusal;
  return {
    path: `${folderName}/${files.name}`,
    name: files.name,
    size_mb: megabytes(files.sizeBytes),
    modified: new Date(files.modifiedMs).toISOString().slice(0, 19).replace('T', ' '),
    type: typeOfCheckpoint(files.name),
    status,
    loadable: reason === null,
    reason,
    architecture: facts?.architecture ?? null,
    quantization: facts?.quantization ?? null,
    parameters: facts?.parameters ?? null,
    context_length: facts?.contextLength ?? null,
    chat_template: facts?.chatTemplate ?? null,
    memory_estimate_mb: facts === null ? null : Math.ceil(facts.memoryEstimateBytes / BYTES_PER_MB),
  };
}

/** How a checkpoint was trained, by the folder it lies in. */
export function typeOfCheckpoint(name: string): CheckpointType {
  const folder = name.includes('/') ? name.slice(0, name.indexOf('/')).toLowerCase() : '';
  if (folder.startsWith('pretrain') || folder === 'base') return 'Pretrained';
  if (folder === 'sft') return 'SFT';
  return ['rl', 'grpo', 'ppo', 'dpo'].includes(folder) ? 'RL' : 'Other';
}

function megabytes(bytes: number): number {
  return Math.round((bytes / BYTES_PER_MB) * 10) / 10;
}
