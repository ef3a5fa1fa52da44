import { dirname } from 'node:path';
import type { Convertible } from '@tandem/api/import';
import type { Checkpoint, CheckpointState, CheckpointType } from '@tandem/shared/contracts';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';

const BYTES_PER_MB = 1024 * 1024;

/** What the header said: its facts, or why it cannot be used. Undefined until it was read. `convertible`: of another format. */
export type Inspection = { readonly facts: CheckpointFacts; readonly convertible?: Convertible } | { readonly refusal: string };

/** How a checkpoint of another format stands: whether its conversion is kept, and why it cannot be made where it is not. */
export interface ConversionState {
  readonly isKept: boolean;
  readonly obstacle: string | null;
}

export interface DescribedCheckpoint {
  readonly files: CheckpointFiles;
  readonly folderName: string;
  readonly inspection: Inspection | undefined;
  readonly status: CheckpointState;
  /** Null for a GGUF, and for what is not known yet or cannot be converted. */
  readonly conversion: ConversionState | null;
}

export function describeCheckpoint({ files, folderName, inspection, status, conversion }: DescribedCheckpoint): Checkpoint {
  const facts = inspection !== undefined && 'facts' in inspection ? inspection.facts : null;
  const refusal = inspection !== undefined && 'refusal' in inspection ? inspection.refusal : null;
  const convertible = inspection !== undefined && 'convertible' in inspection ? inspection.convertible : undefined;
  const obstacle = conversion?.isKept === false ? conversion.obstacle : null;
  const reason = files.problem ?? refusal ?? obstacle ?? (facts?.kind === 'adapter' ? howToUseAdapter(files.name) : null);
  return {
    path: `${folderName}/${files.name}`,
    name: files.name,
    size_mb: megabytes(files.sizeBytes),
    modified: new Date(files.modifiedMs).toISOString().slice(0, 19).replace('T', ' '),
    type: typeOfCheckpoint(isFolder(files) ? `${files.name}/` : files.name, facts),
    status,
    loadable: reason === null,
    reason,
    architecture: facts?.architecture ?? null,
    quantization: facts?.quantization ?? null,
    parameters: facts?.parameters ?? null,
    context_length: facts?.contextLength ?? null,
    chat_template: facts?.kind === 'model' ? facts.chatTemplate : null,
    memory_estimate_mb: facts === null ? null : Math.ceil(facts.memoryEstimateBytes / BYTES_PER_MB),
    format: files.format,
    converted: conversion?.isKept ?? null,
    conversion_mb: convertible === undefined ? null : megabytes(convertible.facts.convertedBytes),
    family: convertible?.facts.family ?? null,
    assumptions: convertible?.facts.assumptions ?? [],
  };
}

export function howToUseAdapter(name: string): string {
  const entry = { endpoint: 'local:<checkpoint>', adapter: { file: name, scale: 1 } };
  return `This is a LoRA adapter, a delta over another checkpoint. To use it, put both into the configuration: ${JSON.stringify(entry)}.`;
}

/** How a checkpoint was trained, by the folder it lies in; where that says nothing, by what the file says of itself. */
export function typeOfCheckpoint(name: string, facts: Pick<CheckpointFacts, 'finetune' | 'title'> | null = null): CheckpointType {
  const folder = name.includes('/') ? name.slice(0, name.indexOf('/')).toLowerCase() : '';
  // How its name begins, whole words only: "rl_grpo" and "sft-2", but neither "rlama" nor "baseball".
  if (/^(?:pretrain|base(?![a-z]))/.test(folder)) return 'Pretrained';
  if (/^sft(?![a-z])/.test(folder)) return 'SFT';
  if (/^(?:rl|rlhf|rlvr|grpo|ppo|dpo)(?![a-z])/.test(folder)) return 'RL';
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

function isFolder({ source, paths }: CheckpointFiles): boolean {
  return dirname(paths[0] ?? '') === source;
}

function megabytes(bytes: number): number {
  return Math.round((bytes / BYTES_PER_MB) * 10) / 10;
}
