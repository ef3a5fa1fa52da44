export type Schema = Readonly<Record<string, unknown>>;

const MOST_PATH = 200;
const MOST_VALUES = 10_000;

/** They say nothing of what is valid. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  '$anchor',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'format',
  'contentEncoding',
  'contentMediaType',
]);

/** The keywords that say something of one type only. */
export const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  number: [],
  boolean: [],
  null: [],
};

export function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema that no grammar can be made of. Its message says where in it, and why, behind a "because". */
export class UnusableSchema extends Error {
  override readonly name = 'UnusableSchema';
}

/** `path`: where in the schema, as a JSON pointer. */
export function unusable(path: string, why: string): UnusableSchema {
  return new UnusableSchema(`at ${path === '' ? 'its root' : path.slice(0, MOST_PATH)} ${why}`);
}

/** The types that a schema allows; where it names none, those that it says something of. */
export function typesOf(schema: Schema, path: string): readonly string[] {
  const { type } = schema;
  if (type !== undefined) {
    const types: unknown[] = Array.isArray(type) ? type : [type];
    if (types.length === 0 || !types.every((one) => typeof one === 'string' && one in KEYWORDS)) throw unusable(path, 'type is none of JSON Schema');
    return types as string[];
  }
  const told = Object.keys(KEYWORDS).filter((name) => KEYWORDS[name]?.some((keyword) => keyword in schema));
  return told.length === 0 && 'format' in schema ? ['string'] : told;
}

const COMMON = new Set(['type', ...Object.values(KEYWORDS).flat()]);

/** What is not understood might make an answer invalid. */
export function refuseUnknown(schema: Schema, path: string): void {
  const unknown = Object.keys(schema).find(
    (keyword) => !ANNOTATIONS.has(keyword) && !COMMON.has(keyword) && !(keyword === 'uniqueItems' && schema[keyword] === false),
  );
  if (unknown !== undefined) throw unusable(path, `${JSON.stringify(unknown.slice(0, 100))} is not understood`);
}

/** Whether a schema names its values. */
export function isLiteral(schema: Schema): boolean {
  return 'const' in schema || 'enum' in schema;
}

/** The values that a schema names, as JSON. */
export function literalsOf(schema: Schema, path: string): ReadonlySet<string> {
  const values = 'const' in schema ? [schema['const']] : schema['enum'];
  if (!Array.isArray(values) || values.length === 0) throw unusable(path, 'enum is no list of values');
  if (values.length > MOST_VALUES) throw unusable(path, `enum has more than ${MOST_VALUES} values`);
  return new Set(values.map((value) => JSON.stringify(value)));
}

/** A keyword that counts, or how many at least where it is left out. */
export function countOf(schema: Schema, keyword: string, path: string, otherwise: number, most: number): number {
  const value = schema[keyword];
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw unusable(path, `${keyword} is no count`);
  if (value > most) throw unusable(path, `${keyword} is larger than ${most}`);
  return value;
}

/** The schema that a reference within the same document leads to. */
export function resolveReference(root: Schema, reference: unknown, path: string): { readonly schema: unknown; readonly path: string } {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) throw unusable(path, '$ref leads out of the schema');
  const steps = reference
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponentSafely(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  let schema: unknown = root;
  for (const step of steps) schema = (isObject(schema) || Array.isArray(schema)) && Object.hasOwn(schema, step) ? (schema as Schema)[step] : undefined;
  if (schema === undefined) throw unusable(path, `$ref ${JSON.stringify(reference.slice(0, 100))} leads nowhere`);
  return { schema, path: steps.length === 0 ? '' : `/${steps.join('/')}` };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
