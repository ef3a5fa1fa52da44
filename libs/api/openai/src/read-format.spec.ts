import { formatOf } from './read-format';
import { refusedField } from './testing/refused-field';

const schema = { type: 'integer' };
const named = (name: string) => ({ type: 'json_schema', name, schema });

describe('formatOf', () => {
  it.each([
    ['nothing', {}, undefined],
    ['null', { response_format: null, json_schema: null }, undefined],
    ['text', { response_format: { type: 'text' } }, undefined],
    ['any object', { response_format: { type: 'json_object' } }, { field: 'response_format', format: { type: 'json_object' } }],
    ["llama-server's object of a schema", { response_format: { type: 'json_object', schema } }, { field: 'response_format', format: named('answer') }],
    [
      'a schema with its name',
      { response_format: { type: 'json_schema', json_schema: { name: 'it', schema, strict: true, description: 'x' } } },
      { field: 'response_format', format: { ...named('it'), strict: true } },
    ],
    ["llama-server's schema", { json_schema: schema }, { field: 'json_schema', format: named('answer') }],
    ["vLLM's schema", { guided_json: schema }, { field: 'guided_json', format: named('answer') }],
    ["vLLM's schema as text", { guided_json: '{"type":"integer"}' }, { field: 'guided_json', format: named('answer') }],
  ])('takes %s', (_, body, format) => expect(formatOf(body)).toEqual(format));

  it.each([
    ['response_format', { response_format: 'json' }],
    ['response_format', { response_format: { type: 'xml' } }],
    ['response_format.schema', { response_format: { type: 'json_object', schema: 5 } }],
    ['response_format.json_schema.name', { response_format: { type: 'json_schema' } }],
    ['response_format.json_schema.name', { response_format: { type: 'json_schema', json_schema: { name: 'a b', schema } } }],
    ['response_format.json_schema.name', { response_format: { type: 'json_schema', json_schema: { name: 'x'.repeat(65), schema } } }],
    ['response_format.json_schema.schema', { response_format: { type: 'json_schema', json_schema: { name: 'it', schema: [] } } }],
    ['json_schema', { json_schema: true }],
    ['json_schema', { json_schema: { enum: ['x'.repeat(65_536)] } }],
    ['guided_json', { guided_json: 'no JSON' }],
    ['json_schema', { response_format: { type: 'json_object' }, json_schema: schema }],
    ['guided_json', { json_schema: schema, guided_json: schema }],
  ])('refuses %s where it is wrong (%#)', (field, body) => expect(refusedField(() => formatOf(body))).toBe(field));
});
