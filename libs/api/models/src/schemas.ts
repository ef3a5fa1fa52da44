import { count, flag, listOf, number, oneOf, orNull, record, type SchemaObject, text } from '@tandem/api/openapi';
import { SCORING_METHODS } from '@tandem/shared/contracts';

const PRICE = record('Price', {
  input: number(0.5),
  output: number(1.5),
  currency: text('USD'),
  unit: text('1M tokens', 'What the amounts are for'),
});

const CARD = record('ModelCard', {
  id: text('tandem-tiny-chat'),
  name: text('Tandem tiny chat'),
  title: text('Tandem tiny chat'),
  description: orNull(text('The same very small model, tuned to answer questions.')),
  provider: orNull(text('Tandem')),
  type: orNull(text('SFT')),
  context_length: orNull(count(1024, 'In tokens')),
  baseline_id: orNull(text('tandem-tiny-base', 'The model this one derives from')),
  price: orNull(PRICE),
  derivatives: listOf({ type: 'string' }, 'Ids of the models whose `baseline_id` is this one'),
  role: oneOf(['baseline', 'twodelta', 'local']),
  endpoint: text('local:sft/tandem-tiny-chat.gguf', '`host[:port][/base]`, a URL, or `local:<checkpoint>`'),
  source: oneOf(['env', 's3', 'file', 'default', 'checkpoint'], 'Where its entry comes from'),
  place: oneOf(['local', 'remote'], "`local`: what this server's own engine runs"),
  is_demo: flag(true, 'It came with Tandem'),
  scoring: oneOf(
    [...SCORING_METHODS, 'none', 'unknown'],
    'How it is told how likely a text is, for `POST /api/scores`; `unknown`: its server was not asked for that yet',
  ),
  images: orNull(flag(false, 'Whether it takes images; null: not known')),
});

const status = oneOf(['success']);

export const MODEL_SCHEMA = record('ModelBody', { status, model: CARD });

export const MODEL_LIST_SCHEMA = record('ModelListBody', { status, models: listOf(CARD), count: count(4) });

const CHECKPOINT = record('Checkpoint', {
  path: text('checkpoints/sft/tandem-tiny-chat.gguf', "Relative to the checkpoints folder's parent"),
  name: text('sft/tandem-tiny-chat.gguf'),
  size_mb: number(3.2),
  modified: text('2026-11-20 14:30:00', 'UTC'),
  type: oneOf(['Pretrained', 'SFT', 'RL', 'Other']),
  status: oneOf(['unloaded', 'converting', 'loading', 'loaded', 'unloading', 'failed']),
  loadable: flag(true),
  reason: orNull(
    text(
      'The checkpoint does not say what its 50257 tokens are: put its tokenizer.json beside it.',
      'Why it is not loadable, and what to do; or why it could not be loaded the last time',
    ),
  ),
  architecture: orNull(text('llama')),
  quantization: orNull(text('Q8_0')),
  parameters: orNull(count(3_000_000)),
  context_length: orNull(count(1024, 'In tokens')),
  chat_template: orNull(flag(true)),
  memory_estimate_mb: orNull(number(31, 'Weights and KV cache')),
  format: oneOf(['gguf', 'pytorch', 'safetensors'], 'What it lies there as; a Hugging Face folder is one entry'),
  converted: orNull(flag(false, 'Whether its conversion is kept already; null for a GGUF, which needs none, and while that is not known')),
  conversion_mb: orNull(number(259.4, 'How large its conversion is, or will be; null for a GGUF, and while that is not known')),
  family: orNull(text('mini-deepseek', "Which project's model it is; null for a GGUF, and while that is not known")),
  assumptions: listOf({ type: 'string', example: '4 heads of 32: sizes of config_default' }, 'What is believed about it that stands nowhere'),
});

export const CHECKPOINT_LIST_SCHEMA: SchemaObject = record('CheckpointListBody', {
  models: { type: 'object', additionalProperties: CHECKPOINT, description: 'Keyed by name' },
  count: count(2),
});
