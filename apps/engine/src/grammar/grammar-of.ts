import type { AnswerFormat } from '@tandem/shared/engine-protocol';
import { JSON_RULES } from './json-rules';
import { isObject, unusable } from './schema';
import { SchemaGrammar } from './schema-grammar';
import { blaming } from './blaming';

const ANY_OBJECT = [`root ::= object`, ...Object.entries(JSON_RULES).map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');

/** The grammar, in llama.cpp's notation, of all answers in a format. @throws EngineError `invalid_request` for a schema without one */
export function grammarOf(format: AnswerFormat): string {
  if (format.type === 'json_object') return ANY_OBJECT;
  const { schema } = format;
  return blaming('response_format', 'the schema', () => {
    if (!isObject(schema)) throw unusable('', 'there is no schema');
    return new SchemaGrammar(schema).text();
  });
}
