import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> } & Readonly<Record<string, object>>;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

export const DOCUMENT_FILE = join(import.meta.dirname, '../../../../docs/openapi.json');

/** The document that is committed. */
export function readDocument(): ApiDescription {
  return JSON.parse(readFileSync(DOCUMENT_FILE, 'utf8')) as ApiDescription;
}

/** Every operation, with what it refers to outside of schemas put in place. */
export function routesOf(document: ApiDescription): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation: resolve(operation, document) as DocumentedOperation })),
  );
}

function resolve(value: unknown, document: ApiDescription): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, document));
  if (typeof value !== 'object' || value === null) return value;
  const [, kind, name] = /^#\/components\/(headers|parameters|responses)\/(.+)$/.exec(String((value as { $ref?: unknown }).$ref)) ?? [];
  if (kind !== undefined && name !== undefined) return resolve((document.components[kind] as Record<string, unknown>)[name], document);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolve(child, document)]));
}
