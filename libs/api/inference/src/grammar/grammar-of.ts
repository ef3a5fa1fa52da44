import type { JsonFormat } from '@tandem/api/completion';
import { JSON_RULES } from './json-rules';
import { isObject, unusable } from './schema';
import { SchemaGrammar } from './schema-grammar';

const ANY_OBJECT = [`root ::= object`, ...Object.entries(JSON_RULES).map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');

/** A request's grammar is asked for when it is admitted and again when its turn comes. */
const known = new WeakMap<JsonFormat, string>();

/** The grammar, in llama.cpp's notation, of all answers in a format. @throws Fault `invalid_request` for a schema without one */
export function grammarOf(format: JsonFormat): string {
  if (format.type === 'json_object') return ANY_OBJECT;
  if (!isObject(format.schema)) throw unusable('', 'there is no schema');
  const text = known.get(format) ?? new SchemaGrammar(format.schema).text();
  known.set(format, text);
  return text;
}
