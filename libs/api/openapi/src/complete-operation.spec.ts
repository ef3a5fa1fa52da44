import { FAULT_EXAMPLES } from '@tandem/api/faults';
import { NO_ROUTE, type Route, type RoutePolicy } from '@tandem/api/http';
import { FAULT_CODES } from '@tandem/shared/contracts';
import { completeOperation, type Operation } from './complete-operation';
import { faultResponses } from './fault-responses';

const routeOf = (policy: Partial<RoutePolicy> = {}, method = 'GET'): Route => ({
  method,
  path: '/things',
  handler: 'Things.read',
  isStream: false,
  policy: { ...NO_ROUTE, ...policy },
});

function complete(route: Route, operation: Partial<Operation> = {}): Operation {
  const whole: Operation = { responses: { 200: {} }, ...operation };
  completeOperation(whole, route);
  return whole;
}

/** The codes that an operation is said to fail with, by status. */
function faultsOf({ responses }: Operation): Record<string, string[]> {
  const examples = (response: object) => (response as { content?: { 'application/json': { examples: object } } }).content?.['application/json'].examples;
  return Object.fromEntries(
    Object.entries(responses).flatMap(([status, response]) => (examples(response) ? [[status, Object.keys(examples(response) ?? {})]] : [])),
  );
}

describe('an operation', () => {
  it('may fail in every way that a request can before its handler sees it', () => {
    expect(faultsOf(complete(routeOf()))).toEqual({
      400: ['invalid_request', 'unknown_field'],
      401: ['unauthorized'],
      403: ['forbidden'],
      405: ['method_not_allowed'],
      408: ['request_timeout'],
      421: ['misdirected_request'],
      429: ['rate_limited'],
      431: ['headers_too_large'],
      500: ['internal_error'],
    });
  });

  it.each<[string, Partial<RoutePolicy>, string, string[]]>([
    ['is public: no token is wrong', { access: 'public' }, 'GET', ['unauthorized']],
    ['counts as nothing: it is never too much', { countsAs: 'nothing' }, 'GET', ['rate_limited']],
    ['takes any field: none is unknown', { unknownFields: 'ignored' }, 'GET', ['unknown_field']],
  ])('%s', (_, policy, method, missing) => {
    const known = Object.values(faultsOf(complete(routeOf(policy, method)))).flat();
    for (const code of missing) expect(known).not.toContain(code);
  });

  it('has a body to fail over where it is a POST', () => {
    expect(faultsOf(complete(routeOf({}, 'POST')))).toMatchObject({
      400: ['invalid_json', 'invalid_request', 'unknown_field'],
      413: ['payload_too_large'],
      415: ['unsupported_media_type'],
    });
  });

  it('may fail as its handler says, beside that, and does not show how that was said', () => {
    const operation = complete(routeOf(), { 'x-faults': ['model_not_found', 'conflict'] });
    expect(faultsOf(operation)).toMatchObject({ 404: ['model_not_found'], 409: ['conflict'] });
    expect(operation).not.toHaveProperty('x-faults');
  });

  it('says who may call it and what it counts as, unless it has a description of its own', () => {
    expect(complete(routeOf({ access: 'public', countsAs: 'nothing' })).description).toBe('Open to everyone. Counts against no limit.');
    expect(complete(routeOf({ access: 'admin', countsAs: 'answer' })).description).toMatch(/^Needs `ADMIN_TOKEN`.* answers at once\.$/);
    expect(complete(routeOf(), { description: 'Its own.' }).description).toBe('Its own.');
  });

  it('needs nothing to be shown where it is public, and may do without where tokens are not needed', () => {
    expect(complete(routeOf({ access: 'public' }), { security: [{ access: [] }] }).security).toEqual([]);
    expect(complete(routeOf({ access: 'admin' }), { security: [{ admin: [] }] }).security).toEqual([{ admin: [] }, {}]);
    expect(complete(routeOf()).security).toBeUndefined();
  });

  it('takes and gives a request id everywhere, the methods with 405, and when to come back where that can help', () => {
    const { parameters, responses } = complete(routeOf(), { 'x-faults': ['queue_full', 'upstream_error'] });
    expect(parameters).toEqual([{ $ref: '#/components/parameters/X-Request-Id' }]);
    const headers = Object.entries(responses).map(([status, response]) => [status, Object.keys(response.headers ?? {}).join()]);
    expect(Object.fromEntries(headers)).toMatchObject({
      200: 'X-Request-Id',
      405: 'X-Request-Id,Allow',
      429: 'X-Request-Id,Retry-After',
      500: 'X-Request-Id',
      502: 'X-Request-Id,Retry-After',
      503: 'X-Request-Id,Retry-After',
    });
  });

  it('has no null for a default in its address', () => {
    const { parameters } = complete(routeOf(), {
      parameters: [
        { name: 'a', schema: { default: null } },
        { name: 'b', schema: { default: 1 } },
      ],
    });
    expect(parameters?.slice(0, 2)).toEqual([
      { name: 'a', schema: {} },
      { name: 'b', schema: { default: 1 } },
    ]);
  });
});

describe('the answers for faults', () => {
  it('put every fault there is under its own status, with an example of it', () => {
    const responses = faultResponses(FAULT_CODES);
    for (const code of FAULT_CODES) {
      const response = responses.get(FAULT_EXAMPLES[code].example.status);
      expect(response?.description).toContain(`\`${code}\`: ${FAULT_EXAMPLES[code].when}.`);
      expect(response?.content['application/json']).toMatchObject({ examples: { [code]: { value: { status: 'error', error: { code } } } } });
    }
  });

  it('stand in the order of their status, each fault once', () => {
    expect([...faultResponses(['internal_error', 'conflict', 'not_found', 'conflict']).keys()]).toEqual([404, 409, 500]);
  });

  it('are in OpenAI’s shape where the route answers its clients; what cannot be read to its end is not', () => {
    const { responses } = complete(routeOf({ errors: 'openai' }));
    const schemaOf = (status: number) =>
      (responses[status] as { content?: { 'application/json': { schema: { title: string } } } }).content?.['application/json'].schema.title;
    expect([schemaOf(400), schemaOf(408), schemaOf(431)]).toEqual(['OpenAiError', 'ErrorBody', 'ErrorBody']);
  });
});
