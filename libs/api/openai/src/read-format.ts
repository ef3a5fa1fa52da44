import type { JsonFormat } from '@tandem/api/completion';
import { type Body, isObject, isSent, wrong } from './request-body';

/** Characters of a schema, written as JSON. */
export const SCHEMA_CHARACTERS = 65_536;
const NAME = /^[\w-]{1,64}$/;

/** A format, and the field that asked for it. */
export interface AskedFormat {
  readonly format: JsonFormat;
  readonly field: string;
}

/**
 * What an answer must be, by whichever name servers give it: OpenAI's `response_format`, llama-server's `json_schema`,
 * vLLM's `guided_json`. @throws Fault `invalid_request`, for two of them as well
 */
export function formatOf(body: Body): AskedFormat | undefined {
  const asked = [responseFormat(body['response_format']), bare(body['json_schema'], 'json_schema'), bare(parsed(body['guided_json']), 'guided_json')].filter(
    (format) => format !== undefined,
  );
  const [first, second] = asked;
  if (second) throw wrong(second.field, `cannot stand beside ${first?.field}: both say what the answer must be`);
  return first;
}

function responseFormat(format: unknown): AskedFormat | undefined {
  if (!isSent(format)) return undefined;
  const field = 'response_format';
  const { type, json_schema: described, schema } = isObject(format) ? format : {};
  switch (type) {
    case 'text':
      return undefined;
    case 'json_object':
      return isSent(schema)
        ? { field, format: { type: 'json_schema', name: 'answer', schema: schemaOf(schema, `${field}.schema`) } }
        : { field, format: { type } };
    case 'json_schema':
      return { field, format: schemaFormatOf(described, `${field}.json_schema`) };
    default:
      throw wrong(field, 'must have the type text, json_object or json_schema');
  }
}

export function schemaFormatOf(described: unknown, path: string): JsonFormat {
  const { name, schema, strict } = isObject(described) ? described : {};
  if (typeof name !== 'string' || !NAME.test(name)) throw wrong(`${path}.name`, 'must be 1 to 64 letters, digits, underscores or hyphens');
  return { type: 'json_schema', name, schema: schemaOf(schema, `${path}.schema`), ...(typeof strict === 'boolean' ? { strict } : {}) };
}

function bare(schema: unknown, field: string): AskedFormat | undefined {
  return isSent(schema) ? { field, format: { type: 'json_schema', name: 'answer', schema: schemaOf(schema, field) } } : undefined;
}

/** Some clients send the schema as text. */
function parsed(schema: unknown): unknown {
  if (typeof schema !== 'string') return schema;
  try {
    return JSON.parse(schema) as unknown;
  } catch {
    return schema;
  }
}

export function schemaOf(schema: unknown, field: string): Body {
  if (!isObject(schema)) throw wrong(field, 'must be a JSON Schema');
  const { length } = JSON.stringify(schema);
  if (length > SCHEMA_CHARACTERS) throw wrong(field, `is ${length} characters long; at most ${SCHEMA_CHARACTERS} are allowed`);
  return schema;
}
