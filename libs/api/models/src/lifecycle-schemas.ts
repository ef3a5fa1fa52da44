import type { ApiResponseOptions } from '@nestjs/swagger';
import { count, flag, listOf, number, oneOf, orNull, record, type SchemaObject, text, time } from '@tandem/api/openapi';

export const STATUS_SCHEMA = record('ModelStatus', {
  name: text('sft/tandem-tiny-chat.gguf', 'Of the checkpoint, or the id of a configured model that puts an adapter over one'),
  status: oneOf(['unloaded', 'converting', 'loading', 'loaded', 'unloading', 'failed']),
  loaded: flag(true),
  progress: { type: 'number', minimum: 0, maximum: 1, example: 1, description: 'Of the conversion while it is `converting`, else of the load' },
  error: orNull(text('The file ends too early.', 'Why it failed; null otherwise')),
  memory_mb: orNull(number(29.4, 'What it takes of the memory while it is loaded')),
  active_generations: count(0),
  last_used: orNull(time('ISO 8601, UTC; null when it was not used since the start')),
});

export const CHECKSUMS_SCHEMA = record('ChecksumsBody', {
  status: oneOf(['success']),
  checksums: listOf(
    record('FileChecksum', {
      file: text('tandem-tiny-chat.gguf', 'Its name, without its folder'),
      bytes: count(3_313_376),
      sha256: text('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'Of its content, in lower-case hexadecimal'),
    }),
    'The checkpoint’s files in their order, then those of the adapter over it',
  ),
});

export const ACTION_SCHEMA = record('ActionBody', {
  success: { type: 'boolean', enum: [true] },
  message: text('Model sft/tandem-tiny-chat.gguf unloaded'),
});

export const MEMORY_SCHEMA = record('MemoryBody', {
  status: oneOf(['success']),
  total_mb: number(16_000, 'What the machine, or the container, has'),
  available_mb: number(9_500.5, 'What could still be taken of it'),
  models: listOf(record('ModelMemory', { name: text('sft/tandem-tiny-chat.gguf'), memory_mb: number(29.4) }), 'Loaded models, the largest first'),
});

const LIST_EVENT = record('ListEvent', { type: oneOf(['list']) }, { description: 'The files in the checkpoints folder, or what is known of them, changed' });
const STATUS_EVENT = record(
  'StatusEvent',
  { type: oneOf(['status']), status: STATUS_SCHEMA },
  { description: 'First of every model that is not unloaded, then of each that changes' },
);

const EVENT: SchemaObject = { title: 'CheckpointEvent', oneOf: [STATUS_EVENT, LIST_EVENT] };

const LOADING = {
  name: 'sft/tandem-tiny-chat.gguf',
  status: 'loading',
  loaded: false,
  progress: 0.42,
  error: null,
  memory_mb: null,
  active_generations: 0,
  last_used: null,
};

export const CHECKPOINT_EVENTS: ApiResponseOptions = {
  status: 200,
  description: 'Server-sent events without names; the `data` of each is this schema as JSON. It ends when the server shuts down.',
  content: {
    'text/event-stream': {
      schema: EVENT,
      examples: {
        status: { summary: 'What one model is doing', value: { type: 'status', status: LOADING } },
        list: { summary: 'The list changed', value: { type: 'list' } },
      },
    },
  },
};
