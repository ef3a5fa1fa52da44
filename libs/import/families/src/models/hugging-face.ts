import { RefusedCheckpoint } from '@tandem/import/formats';
import { booleanIn, type Fields, listOf, numberIn, textIn } from '../fields';
import type { Checkpoint } from '../model';
import { noTokenizer, type TokenizerChoice, tokenizerBeside } from '../tokenizers/choose-tokenizer';

const QUANTISED = 'quantization_config';

/** What `config.json` says the model is: `LlamaForCausalLM` and the like. */
export function architectureIn(config: Fields): string | undefined {
  const [first] = listOf(config['architectures']);
  return typeof first === 'string' ? first : undefined;
}

export function isQuantised(config: Fields): boolean {
  return (config[QUANTISED] ?? null) !== null;
}

export function quantised(): RefusedCheckpoint {
  return new RefusedCheckpoint('configuration', 'The weights are quantised (quantization_config in config.json); Tandem converts weights of 16 and 32 bits.');
}

export function needConfig({ beside, config }: Checkpoint): Fields {
  if (!beside.has('config.json'))
    throw new RefusedCheckpoint('configuration', 'Put the model’s config.json beside it: its weights do not tell how many attention heads it has.');
  if (isQuantised(config)) throw quantised();
  const activation = textIn(config, 'hidden_act') ?? 'silu';
  if (activation !== 'silu')
    throw new RefusedCheckpoint('configuration', `llama.cpp’s graph for this architecture computes with silu, and config.json says ${activation}.`);
  return config;
}

export function need(config: Fields, name: string): number {
  const value = numberIn(config, name);
  if (value === undefined || !Number.isSafeInteger(value) || value < 1) throw new RefusedCheckpoint('configuration', `config.json does not say ${name}.`);
  return value;
}

export function needTokenizer({ beside }: Checkpoint, rows: number): TokenizerChoice {
  const tokenizer = tokenizerBeside(beside, rows);
  if (tokenizer === undefined) throw noTokenizer(rows, 'tokenizer.json or tokenizer.model');
  return tokenizer;
}

/** llama.cpp's graphs for these let every token see all before it: the same within the window that the model was given. */
export function contextOf(config: Fields): { context: number; assumptions: string[] } {
  const context = need(config, 'max_position_embeddings');
  const isSliding = booleanIn(config, 'use_sliding_window') !== false;
  const window = isSliding ? (numberIn(config, 'sliding_window') ?? context) : context;
  return window < context
    ? { context: window, assumptions: [`context ${window} instead of ${context}: only as far as its attention reaches (sliding_window)`] }
    : { context, assumptions: [] };
}
