import type { ApiResponseOptions, OpenAPIObject } from '@nestjs/swagger';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const nullable = (type: string, example: unknown, description: string) =>
  ({ type: [type, 'null'], example, description }) as unknown as SchemaObject;

export const HEALTH_REPORT_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'healthy', 'model', 'endpoint', 'latency_ms', 'checked_at', 'detail', 'hint'],
  properties: {
    status: { type: 'string', enum: ['healthy', 'degraded', 'loading', 'unhealthy', 'unknown'], example: 'unhealthy' },
    healthy: { type: 'boolean', example: false, description: 'Whether a prompt can be expected to be answered now' },
    model: { type: 'string', example: 'llama-3-8b' },
    endpoint: { type: 'string', example: 'localhost:8000' },
    latency_ms: nullable('number', 3.1, 'How long the check took; null when none was made'),
    checked_at: nullable('string', '2026-11-20T14:30:00.000Z', 'ISO 8601 UTC; null when it was never checked'),
    detail: { type: 'string', example: 'Nothing listens at localhost:8000.', description: 'What was found' },
    hint: {
      type: 'string',
      example: 'Start the model server.',
      description: 'What to do; empty when nothing is needed',
    },
  },
};

export const HEALTH_LIST_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'models', 'count'],
  properties: {
    status: { type: 'string', enum: ['success'] },
    models: { type: 'array', items: HEALTH_REPORT_SCHEMA },
    count: { type: 'integer', minimum: 0, example: 1 },
  },
};

export const HEALTH_STREAM: ApiResponseOptions = {
  status: 200,
  description:
    'Server-sent events without names. Each `data` is one report as JSON: first the last known one of every model, then one per change.',
  content: {
    'text/event-stream': {
      schema: { type: 'string' },
      example:
        'data: {"status":"healthy","healthy":true,"model":"llama-3-8b","endpoint":"localhost:8000","latency_ms":3.1,' +
        '"checked_at":"2026-11-20T14:30:00.000Z","detail":"localhost:8000 serves \\"llama-3-8b\\".","hint":""}\n\n',
    },
  },
};

export const ALIVE_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', enum: ['success'] } },
};
