import type { ApiResponseOptions } from '@nestjs/swagger';
import { orNull, type SchemaObject, text } from './schemas';

export const STATUS_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['name', 'status', 'loaded', 'progress', 'error', 'memory_mb', 'active_generations', 'last_used'],
  properties: {
    name: text('sft/tandem-tiny-chat.gguf'),
    status: { type: 'string', enum: ['unloaded', 'loading', 'loaded', 'unloading', 'failed'], example: 'loaded' },
    loaded: { type: 'boolean', example: true },
    progress: { type: 'number', minimum: 0, maximum: 1, example: 1, description: 'Of the load' },
    error: orNull('string', null, 'Why it failed'),
    memory_mb: orNull('number', 29.4, 'What it takes of the memory while it is loaded'),
    active_generations: { type: 'integer', minimum: 0, example: 0 },
    last_used: orNull('string', '2026-11-20T14:30:00.000Z', 'ISO 8601 UTC; null when it was not used since the start'),
  },
};

export const ACTION_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['success', 'message'],
  properties: { success: { type: 'boolean', enum: [true] }, message: text('Model sft/tandem-tiny-chat.gguf unloaded') },
};

export const MEMORY_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'total_mb', 'available_mb', 'models'],
  properties: {
    status: { type: 'string', enum: ['success'] },
    total_mb: { type: 'number', example: 16_000, description: 'What the machine, or the container, has' },
    available_mb: { type: 'number', example: 9_500.5, description: 'What could still be taken of it' },
    models: {
      type: 'array',
      description: 'Loaded models, the largest first',
      items: { type: 'object', required: ['name', 'memory_mb'], properties: { name: text('sft/tandem-tiny-chat.gguf'), memory_mb: { type: 'number', example: 29.4 } } },
    },
  },
};

export const CHECKPOINT_EVENTS: ApiResponseOptions = {
  status: 200,
  description:
    'Server-sent events without names. Each `data` is `{"type":"status","status":…}` with the status of one model, first ' +
    'of every model that is not unloaded, then of each that changes; or `{"type":"list"}` when the files in the ' +
    'checkpoints folder, or what is known of them, changed.',
  content: {
    'text/event-stream': {
      schema: { type: 'string' },
      example:
        'data: {"type":"status","status":{"name":"sft/tandem-tiny-chat.gguf","status":"loading","loaded":false,"progress":0.42,' +
        '"error":null,"memory_mb":null,"active_generations":0,"last_used":null}}\n\ndata: {"type":"list"}\n\n',
    },
  },
};
