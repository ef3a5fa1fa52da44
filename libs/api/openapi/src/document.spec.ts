import type { OpenAPIObject } from '@nestjs/swagger';
import { closeRequestBodies } from './close-request-bodies';
import type { Operation } from './complete-operation';
import { faultResponses } from './fault-responses';
import { hoistSchemas } from './hoist-schemas';
import { listOf, record, text } from './schema';
import { shareResponses } from './share-responses';

const documentOf = (parts: object): OpenAPIObject => ({ openapi: '3.1.0', info: { title: 'Tandem', version: '1' }, paths: {}, ...parts }) as OpenAPIObject;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('hoistSchemas', () => {
  const inner = record('Inner', { name: text('a') });

  it('keeps a schema with a name once, among the components, however often it is used', () => {
    const { paths, components } = hoistSchemas(documentOf({ paths: { one: inner, other: listOf(inner) } }));
    expect(paths).toEqual({ one: ref('Inner'), other: { type: 'array', items: ref('Inner') } });
    expect(components?.schemas).toEqual({ Inner: { type: 'object', required: ['name'], properties: { name: { type: 'string', example: 'a' } } } });
  });

  it('finds those within others, and those that were there, and sorts them', () => {
    const { components } = hoistSchemas(documentOf({ paths: { one: record('Outer', { inner }) }, components: { schemas: { Known: { type: 'string' } } } }));
    expect(Object.keys(components?.schemas ?? {})).toEqual(['Inner', 'Known', 'Outer']);
    expect(components?.schemas?.['Outer']).toMatchObject({ properties: { inner: ref('Inner') } });
  });

  it('refuses two schemas of one name that are not the same', () => {
    expect(() => hoistSchemas(documentOf({ paths: { one: inner, other: record('Inner', {}) } }))).toThrow('Two schemas have the name Inner.');
  });

  it('leaves what has a title and is no schema: the document, and what stands in an example', () => {
    const example = { title: 'Model', type: 'SFT' };
    const { info, paths } = hoistSchemas(documentOf({ paths: { one: { type: 'object', example } } }));
    expect([info.title, paths['one']]).toEqual(['Tandem', { type: 'object', example }]);
  });
});

describe('shareResponses', () => {
  const operationOf = (...codes: Parameters<typeof faultResponses>[0]): Operation => ({
    responses: Object.fromEntries(faultResponses(codes)) as Operation['responses'],
  });

  it('keeps the answer for a status that has one fault once, under the name of the fault', () => {
    const operations = [operationOf('model_not_found'), operationOf('model_not_found', 'conflict')];
    const { components } = shareResponses(documentOf({}), operations);
    expect(Object.keys(components?.responses ?? {})).toEqual(['Conflict', 'ModelNotFound']);
    for (const { responses } of operations) expect(responses['404']).toEqual({ $ref: '#/components/responses/ModelNotFound' });
  });

  it('leaves a status with several faults, and what is no failure, where they are', () => {
    const operation = operationOf('not_found', 'model_not_found');
    operation.responses['200'] = { headers: {} };
    const { components } = shareResponses(documentOf({}), [operation]);
    expect(components?.responses).toEqual({});
    expect([Object.keys(operation.responses['404'] ?? {}), operation.responses['200']]).toEqual([['description', 'content'], { headers: {} }]);
  });
});

describe('closeRequestBodies', () => {
  const schemas = () => ({
    Asked: { type: 'object', properties: { part: ref('Part') } },
    Part: { type: 'object' },
    Open: { type: 'object', additionalProperties: true },
    Word: { type: 'string' },
    Answer: { type: 'object' },
  });

  it('says of what is sent, and of its parts, that they take no other fields; of answers it says nothing', () => {
    const document = documentOf({ components: { schemas: schemas() } });
    closeRequestBodies(document, [{ requestBody: { content: { schema: ref('Asked') } } }, {}]);
    const closed = Object.entries(document.components?.schemas ?? {}).filter(
      ([, schema]) => 'additionalProperties' in schema && schema.additionalProperties === false,
    );
    expect(closed.map(([name]) => name)).toEqual(['Asked', 'Part']);
  });

  it('leaves what says itself that it takes others, and what has no fields', () => {
    const document = documentOf({ components: { schemas: schemas() } });
    closeRequestBodies(document, [{ requestBody: { anyOf: [ref('Open'), ref('Word'), ref('Nowhere')] } }]);
    expect(document.components?.schemas).toEqual(schemas());
  });

  it('comes to an end where schemas name each other', () => {
    const document = documentOf({ components: { schemas: { Tree: { type: 'object', properties: { left: ref('Tree') } } } } });
    closeRequestBodies(document, [{ requestBody: ref('Tree') }]);
    expect(document.components?.schemas?.['Tree']).toMatchObject({ additionalProperties: false });
  });
});
