import { type ApiDescription, readDocument, type Route, routesOf, type Schema } from '../testing/api-document';
import { exampleRequests, type ExampleRequest, send } from '../testing/example-request';
import type { RunningServer } from '../testing/start-server';
import { type Values, valuesOf } from '../testing/values-of';

/** An address with more would be refused for its length. */
const LONGEST_IN_QUERY = 8_000;

interface Field extends Values {
  readonly title: string;
  readonly route: Route;
  readonly field: string;
  readonly place: 'query' | 'body';
}

const document = readDocument();
/** Read as other APIs' clients write them: null for what they leave open, one field in place of another. */
const OTHERS = /^\/v1\//;
const fields = routesOf(document)
  .filter(({ path }) => !OTHERS.test(path))
  .flatMap((route) => [...queryOf(route), ...bodyOf(route, document)]);

export function describeRanges(server: () => RunningServer): void {
  describe('a range in the OpenAPI document', () => {
    /** With a model that there is not, whatever is right about a request ends in 404 and asks nobody. */
    const answerOf = async ({ route, field, place }: Field, value: unknown): Promise<{ status: number; param: string | undefined }> => {
      const [{ request } = { request: undefined }] = exampleRequests(route);
      const answer = await send(server().origin, withField(aimless(request as ExampleRequest), place, field, value));
      const { error } = (await answer.json()) as { error?: { param?: string } };
      return { status: answer.status, param: error?.param };
    };

    it.each(fields)('is the one that is kept to: $title', async (field) => {
      for (const value of field.allowed) expect((await answerOf(field, value)).status).not.toBe(400);
      for (const value of field.refused) {
        const { status, param = '' } = await answerOf(field, value);
        expect({ value: brief(value), status, param: param.split(/[[.]/)[0] }).toEqual({ value: brief(value), status: 400, param: field.field });
      }
    });

    it('is there for every number', () => {
      expect(fields.length).toBeGreaterThan(30);
      expect(fields.filter(({ allowed }) => allowed.includes(undefined) || allowed.includes(Number.NaN)).map(({ title }) => title)).toEqual([]);
    });
  });
}

function brief(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}

function aimless(request: ExampleRequest): ExampleRequest {
  const query = 'model' in request.query ? { ...request.query, model: 'nowhere' } : request.query;
  const { body } = request;
  if (typeof body !== 'object' || body === null) return { ...request, query };
  const nowhere = (asked: unknown) => (typeof asked === 'object' ? { ...asked, model: 'nowhere' } : 'nowhere');
  const asked = Object.entries(body)
    .filter(([field]) => field === 'model' || field === 'baseline')
    .map(([field, value]) => [field, nowhere(value)]);
  return { ...request, query, body: { ...body, ...Object.fromEntries(asked) } };
}

function withField(request: ExampleRequest, place: 'query' | 'body', field: string, value: unknown): ExampleRequest {
  if (place === 'query') return { ...request, query: { ...request.query, [field]: String(value) } };
  const body = { ...(request.body as Record<string, unknown>), [field]: value };
  // a conversation stands in place of the prompt, and one of them is needed
  if (field === 'messages' && value !== null) delete body['prompt'];
  if (field === 'prompt' && value === null) body['messages'] = [{ role: 'user', content: 'x' }];
  // several stand in place of a pair
  if (field === 'variants') {
    delete body['baseline'];
    delete body['derivative'];
  }
  return { ...request, body };
}

function queryOf(route: Route): Field[] {
  return (
    route.operation.parameters
      // no range says which cursors were given
      .filter((parameter) => parameter.in === 'query' && parameter.name !== 'cursor')
      .map(({ name, schema }) => {
        const { allowed, refused } = valuesOf(schema);
        const fits = (value: unknown): boolean => value !== null && String(value).length <= LONGEST_IN_QUERY;
        return {
          title: `${route.method} ${route.path}, ${name}`,
          route,
          field: name,
          place: 'query' as const,
          allowed: allowed.filter(fits),
          refused: refused.filter(fits),
        };
      })
  );
}

function bodyOf(route: Route, { components }: ApiDescription): Field[] {
  const ref = String(route.operation.requestBody?.content['application/json']?.schema?.['$ref']);
  const properties = (components.schemas[ref.split('/').at(-1) ?? '']?.['properties'] ?? {}) as Record<string, Schema>;
  return Object.entries(properties).map(([field, schema]) => ({
    title: `${route.method} ${route.path}, ${field}`,
    route,
    field,
    place: 'body' as const,
    ...valuesOf(schema),
  }));
}
