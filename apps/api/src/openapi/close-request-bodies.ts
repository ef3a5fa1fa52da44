import type { OpenAPIObject } from '@nestjs/swagger';

const REF = /"\$ref":"#\/components\/schemas\/(\w+)"/g;

/** Says of every request body of our own routes that it takes no other fields. */
export function closeRequestBodies(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, { type?: string; additionalProperties?: boolean }>;
  const close = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(REF)) {
      const schema = schemas[name];
      if (schema?.type !== 'object' || schema.additionalProperties !== undefined) continue;
      schema.additionalProperties = false;
      close(schema);
    }
  };
  for (const [path, item] of Object.entries(document.paths)) {
    if (path.startsWith('/v1/')) continue;
    for (const operation of Object.values(item) as { requestBody?: object }[]) close(operation.requestBody);
  }
}
