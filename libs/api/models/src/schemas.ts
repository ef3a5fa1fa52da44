import type { OpenAPIObject } from '@nestjs/swagger';

export type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

export const text = (example: string): SchemaObject => ({ type: 'string', example });
export const orNull = (type: 'string' | 'integer' | 'number' | 'boolean', example: unknown, description?: string): SchemaObject =>
  ({ type: [type, 'null'], example, ...(description ? { description } : {}) }) as unknown as SchemaObject;

const CARD: SchemaObject = {
  type: 'object',
  required: ['id', 'name', 'title', 'description', 'provider', 'type', 'context_length', 'baseline_id', 'price', 'derivatives', 'role', 'endpoint', 'source'],
  properties: {
    id: text('tandem-tiny-chat'),
    name: text('Tandem tiny chat'),
    title: text('Tandem tiny chat'),
    description: orNull('string', 'The same very small model, tuned to answer questions.'),
    provider: orNull('string', null),
    type: orNull('string', 'SFT'),
    context_length: orNull('integer', 1024, 'In tokens'),
    baseline_id: orNull('string', 'tandem-tiny-base', 'The model this one derives from'),
    price: {
      type: ['object', 'null'],
      properties: { input: { type: 'number' }, output: { type: 'number' }, currency: text('USD'), unit: text('1M tokens') },
      example: null,
    } as unknown as SchemaObject,
    derivatives: { type: 'array', items: { type: 'string' }, example: [], description: 'Ids of the models whose baseline_id is this one' },
    role: { type: 'string', enum: ['baseline', 'twodelta', 'local'], example: 'twodelta' },
    endpoint: text('local:sft/tandem-tiny-chat.gguf'),
    source: { type: 'string', enum: ['env', 's3', 'file', 'default', 'checkpoint'], example: 'default' },
  },
};

const status: SchemaObject = { type: 'string', enum: ['success'] };
const count: SchemaObject = { type: 'integer', minimum: 0 };

export const MODEL_SCHEMA: SchemaObject = { type: 'object', required: ['status', 'model'], properties: { status, model: CARD } };

export const MODEL_LIST_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'models', 'count'],
  properties: { status, models: { type: 'array', items: CARD }, count },
};

const CHECKPOINT: SchemaObject = {
  type: 'object',
  properties: {
    path: text('checkpoints/sft/tandem-tiny-chat.gguf'),
    name: text('sft/tandem-tiny-chat.gguf'),
    size_mb: { type: 'number', example: 3.2 },
    modified: text('2026-11-20 14:30:00'),
    type: { type: 'string', enum: ['Pretrained', 'SFT', 'RL', 'Other'], example: 'SFT' },
    status: { type: 'string', enum: ['unloaded', 'loading', 'loaded', 'unloading', 'failed'], example: 'unloaded' },
    loadable: { type: 'boolean', example: true },
    reason: orNull('string', null, 'Why it is not loadable, and what to do'),
    architecture: orNull('string', 'llama'),
    quantization: orNull('string', 'Q8_0'),
    parameters: orNull('integer', 3_000_000),
    context_length: orNull('integer', 1024, 'In tokens'),
    chat_template: orNull('boolean', true),
    memory_estimate_mb: orNull('number', 31, 'Weights and KV cache'),
  },
};

export const CHECKPOINT_LIST_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['models', 'count'],
  properties: { models: { type: 'object', additionalProperties: CHECKPOINT }, count },
};
