import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of JSON Schema the description of the API uses. */
export interface Described {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly items?: Described;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
}

const FILE = join(import.meta.dirname, '../../../../../docs/openapi.json');

/** The schemas of the API's own description, by name. The server's tests hold it to what is served. */
export const SCHEMAS = (JSON.parse(readFileSync(FILE, 'utf8')) as { readonly components: { readonly schemas: Readonly<Record<string, Described>> } }).components
  .schemas;

/** A schema, or with a dot one of its fields. References are followed. @throws Error where it is not there */
export function described(path: string): Described {
  const [name = '', field] = path.split('.');
  const schema = SCHEMAS[name];
  const found = field === undefined ? schema : schema?.properties?.[field];
  if (found === undefined) throw new Error(`docs/openapi.json describes no ${path}.`);
  return found.$ref === undefined ? found : described(nameOf(found));
}

/** Of a schema that is described elsewhere: where. */
export function nameOf({ $ref = '' }: Described): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
