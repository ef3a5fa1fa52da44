import type { Checkpoint, CheckpointType } from '@tandem/shared/contracts';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';
import type { CheckpointStatus } from './checkpoint-states';

const BYTES_PER_MB = 1024 * 1024;

/** What the header said: its facts, or why it cannot be used. Undefined until it was read. */
export type Inspection = { readonly facts: CheckpointFacts } | { readonly refusal: string };

export function describeCheckpoint(
  files: CheckpointFiles,
  folderName: string,
  inspection: Inspection | undefined,
  { status, error, isRefused }: Pick<CheckpointStatus, 'status' | 'error' | 'isRefused'>,
): Checkpoint {
  const facts = inspection !== undefined && 'facts' in inspection ? inspection.facts : null;
  const refusal = inspection !== undefined && 'refusal' in inspection ? inspection.refusal : null;
  const problem = files.problem ?? refusal ?? (facts?.kind === 'adapter' ? howToUseAdapter(files.name) : null);
  return {
    path: `${folderName}/${files.name}`,
    name: files.name,
    size_mb: megabytes(files.sizeBytes),
    modified: new Date(files.modifiedMs).toISOString().slice(0, 19).replace('T', ' '),
    type: typeOfCheckpoint(files.name, facts),
    status,
    loadable: problem === null && !isRefused,
    reason: problem ?? error,
    architecture: facts?.architecture ?? null,
    quantization: facts?.quantization ?? null,
    parameters: facts?.parameters ?? null,
    context_length: facts?.contextLength ?? null,
    chat_template: facts?.kind === 'model' ? facts.chatTemplate : null,
    memory_estimate_mb: facts === null ? null : Math.ceil(facts.memoryEstimateBytes / BYTES_PER_MB),
  };
}

export function howToUseAdapter(name: string): string {
  const entry = { endpoint: 'local:<checkpoint>', adapter: { file: name, scale: 1 } };
  return `This is a LoRA adapter, a delta over another checkpoint. To use it, put both into the configuration: ${JSON.stringify(entry)}.`;
}

/** How a checkpoint was trained, by the folder it lies in; where that says nothing, by what the file says of itself. */
export function typeOfCheckpoint(name: string, facts: Pick<CheckpointFacts, 'finetune' | 'title'> | null = null): CheckpointType {
  const folder = name.includes('/') ? name.slice(0, name.indexOf('/')).toLowerCase() : '';
  if (folder.startsWith('pretrain') || folder === 'base') return 'Pretrained';
  if (folder === 'sft') return 'SFT';
  if (['rl', 'grpo', 'ppo', 'dpo'].includes(folder)) return 'RL';
  return typeNamedBy(facts?.finetune) ?? typeNamedBy(facts?.title) ?? 'Other';
}

/** Whole words only: "url" is no reinforcement learning. */
function typeNamedBy(text: string | null | undefined): CheckpointType | undefined {
  const words = new Set((text ?? '').toLowerCase().split(/[^a-z]+/));
  const names = (...known: string[]): boolean => known.some((word) => words.has(word));
  if (names('rl', 'rlhf', 'rlvr', 'grpo', 'ppo', 'dpo')) return 'RL';
  if (names('sft', 'instruct', 'chat', 'it', 'assistant')) return 'SFT';
  return names('base', 'pretrain', 'pretrained') ? 'Pretrained' : undefined;
}

function megabytes(bytes: number): number {
  return Math.round((bytes / BYTES_PER_MB) * 10) / 10;
}
