import type { OpenAPIObject } from '@nestjs/swagger';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const orNull = (schema: object): SchemaObject => ({ ...schema, type: ['type' in schema ? schema.type : 'string', 'null'] }) as unknown as SchemaObject;

const time = { type: 'string', format: 'date-time' } as const;

export const CONFIG_STATUS_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'source', 'version', 'etag', 'loaded_at', 'next_refresh_at', 'last_error', 'counts'],
  properties: {
    status: { type: 'string', enum: ['success'] },
    source: { type: 'string', description: 'Of both lists, joined with + where they differ', example: 's3' },
    version: { type: 'string', description: 'The same content has the same version', example: '4eecbe640c7e' },
    etag: orNull({ type: 'string', example: '"9a0364b9e99bb480dd25e1f0284c8555"' }),
    loaded_at: { ...time, example: '2026-11-20T14:30:00.000Z' },
    next_refresh_at: orNull({ ...time, example: '2026-11-20T14:35:00.000Z' }),
    last_error: orNull({
      type: 'object',
      properties: { code: { type: 'string', example: 's3_timeout' }, message: { type: 'string' }, at: time },
    }),
    counts: {
      type: 'object',
      properties: { baseline: { type: 'integer', example: 1 }, twodelta: { type: 'integer', example: 1 }, local: { type: 'integer', example: 2 } },
    },
  },
};
