import type { OpenAPIObject } from '@nestjs/swagger';

const REF = /"\$ref":"#\/components\/schemas\/(\w+)"/g;

/** Says of the request bodies of these operations that they take no other fields. */
export function closeRequestBodies(document: OpenAPIObject, operations: readonly { readonly requestBody?: object }[]): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, { type?: string; additionalProperties?: boolean }>;
  const close = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(REF)) {
      const schema = schemas[name];
      if (schema?.type !== 'object' || schema.additionalProperties !== undefined) continue;
      schema.additionalProperties = false;
      close(schema);
    }
  };
  for (const { requestBody } of operations) close(requestBody);
}
