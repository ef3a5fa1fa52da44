import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON schema, as OpenAPI 3.1 takes it. */
export type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string] & { readonly title?: string };

export interface RecordOptions {
  readonly description?: string;
  /** Names of the properties that may be left out. */
  readonly optional?: readonly string[];
}

export const text = (example: string, description?: string): SchemaObject => ({ type: 'string', example, ...described(description) });

export const number = (example: number, description?: string): SchemaObject => ({ type: 'number', minimum: 0, example, ...described(description) });

export const count = (example: number, description?: string): SchemaObject => ({ type: 'integer', minimum: 0, example, ...described(description) });

export const flag = (example: boolean, description?: string): SchemaObject => ({ type: 'boolean', example, ...described(description) });

export const time = (description = 'ISO 8601, UTC'): SchemaObject => ({
  type: 'string',
  format: 'date-time',
  example: '2026-11-20T14:30:00.000Z',
  description,
});

export const oneOf = (values: readonly string[], description?: string): SchemaObject => ({ type: 'string', enum: [...values], ...described(description) });

/** The same, or null. */
export const oneOfOrNull = (values: readonly string[], example: string | null, description?: string): SchemaObject =>
  ({ type: ['string', 'null'], enum: [...values, null], example, ...described(description) }) as unknown as SchemaObject;

/** A part of a whole. */
export const share = (example: number, description?: string): SchemaObject => ({ type: 'number', minimum: 0, maximum: 1, example, ...described(description) });

export const listOf = (items: SchemaObject, description?: string): SchemaObject => ({ type: 'array', items, ...described(description) });

/** The same, or null. */
export function orNull(schema: SchemaObject, description?: string): SchemaObject {
  const { type, title } = schema as { type?: string; title?: string };
  const nullable = title === undefined ? { ...schema, type: [type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
  return { ...nullable, ...described(description) } as unknown as SchemaObject;
}

/** An object with these properties. The document keeps it once, under its name. */
export function record(title: string, properties: Record<string, SchemaObject>, { description, optional = [] }: RecordOptions = {}): SchemaObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { title, type: 'object', ...described(description), required, properties };
}

function described(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}
