import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What PyTorch says to one text. */
export interface ExpectedPrompt {
  readonly as: 'raw' | 'chat';
  readonly text: string;
  readonly token_ids: readonly number[];
  readonly greedy_ids: readonly number[];
  readonly greedy_text: string;
  readonly logits: readonly { readonly position: number; readonly top: readonly (readonly [id: number, logit: number])[] }[];
}

export interface ExpectedAnswers {
  readonly family: string;
  /** The file that is picked, or `.` for the folder. */
  readonly entry: string;
  readonly encodings: readonly { readonly text: string; readonly ids: readonly number[] }[];
  readonly prompts: readonly ExpectedPrompt[];
}

/** One tiny checkpoint a family, trained by its own code; `tools/checkpoint-fixtures` makes them. */
export const CHECKPOINT_FIXTURES = [
  'hf-llama',
  'hf-mistral',
  'hf-qwen2',
  'hf-qwen3',
  'hf-deepseek-v2',
  'hf-deepseek-v3',
  'hf-gpt2',
  'nanogpt',
  'llama2c',
  'from-scratch',
  'mini-deepseek/sft',
  'litgpt',
] as const;

export type CheckpointFixture = (typeof CHECKPOINT_FIXTURES)[number];

export const CHECKPOINT_FIXTURES_FOLDER = join(import.meta.dirname, '../checkpoints');

export function checkpointFixture(name: CheckpointFixture): { folder: string; path: string; expected: ExpectedAnswers } {
  const folder = join(CHECKPOINT_FIXTURES_FOLDER, name);
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as ExpectedAnswers;
  return { folder, path: join(folder, expected.entry), expected };
}
