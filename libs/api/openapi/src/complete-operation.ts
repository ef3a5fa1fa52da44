import type { OpenAPIObject } from '@nestjs/swagger';
import { faultResponses } from './fault-responses';
import { type Route, type RoutePolicy } from '@tandem/api/http';
import type { FaultCode } from '@tandem/shared/contracts';

type Components = NonNullable<OpenAPIObject['components']>;

export interface Operation {
  tags?: string[];
  description?: string;
  security?: object[];
  parameters?: object[];
  requestBody?: object;
  responses: Record<string, { headers?: Record<string, object> }>;
  'x-faults'?: readonly FaultCode[];
}

export const HEADERS: NonNullable<Components['headers']> = {
  'X-Request-Id': {
    description: 'As the request named it, or made; it is in the log as well',
    required: true,
    schema: { type: 'string', example: '3f0c6e4c-5b0e-4d4e-9e53-6f3f2b0f7c11' },
  },
  Allow: { description: 'The methods that this address takes', required: true, schema: { type: 'string', example: 'GET, HEAD' } },
  'Retry-After': { description: 'Seconds after which trying again makes sense', schema: { type: 'integer', minimum: 0, example: 1 } },
};

export const PARAMETERS: NonNullable<Components['parameters']> = {
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'Names this request in the answer and in the log; one that is not well-formed is replaced',
    schema: { type: 'string', pattern: '^[\\w.:+/=-]{1,128}$' },
  },
};

/** Of a request whose head is not read to its end nobody knows whom it is for. */
const UNREAD: ReadonlySet<FaultCode> = new Set<FaultCode>(['headers_too_large', 'request_timeout']);

const ref = (kind: 'headers' | 'parameters', name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** Adds to an operation what its route's policy says. */
export function completeOperation(operation: Operation, { method, policy }: Route): void {
  const faults = [...(operation['x-faults'] ?? []), ...faultsOf(method, policy)];
  delete operation['x-faults'];
  if (policy.access === 'public') operation.security = [];
  else if (operation.security !== undefined) operation.security.push({});
  operation.description ??= describePolicy(policy);
  // an address has no word for null: it is left out there
  for (const { schema } of (operation.parameters ?? []) as { schema?: { default?: unknown } }[]) if (schema?.default === null) delete schema.default;
  operation.parameters = [...(operation.parameters ?? []), ref('parameters', 'X-Request-Id')];
  const unread = faults.filter((code) => UNREAD.has(code));
  const known = faults.filter((code) => !UNREAD.has(code));
  for (const [status, response] of [...faultResponses(known, policy.errors), ...faultResponses(unread)]) operation.responses[status] = response;
  for (const [status, response] of Object.entries(operation.responses)) {
    const canBeRetried = status === '429' || status === '502' || status === '503';
    response.headers = {
      ...response.headers,
      'X-Request-Id': ref('headers', 'X-Request-Id'),
      ...(status === '405' ? { Allow: ref('headers', 'Allow') } : {}),
      ...(canBeRetried ? { 'Retry-After': ref('headers', 'Retry-After') } : {}),
    };
  }
}

const ACCESS: Readonly<Record<RoutePolicy['access'], string>> = {
  public: 'Open to everyone.',
  token: 'Needs an access token, or a session, where the server has `ACCESS_TOKENS`.',
  admin: 'Needs `ADMIN_TOKEN` where the server has one, else an access token where it has `ACCESS_TOKENS`.',
  operator: 'Needs `ADMIN_TOKEN`; where the server has no token at all, a client on its own machine that came by no proxy.',
};

const COUNTS: Readonly<Record<RoutePolicy['countsAs'], string>> = {
  answer: 'Counts against the limits of requests and of answers at once.',
  request: 'Counts against the limit of requests.',
  nothing: 'Counts against no limit.',
};

function describePolicy({ access, countsAs }: RoutePolicy): string {
  return `${ACCESS[access]} ${COUNTS[countsAs]}`;
}

/** What happens to requests before their handler sees them. */
function faultsOf(method: string, { access, countsAs, unknownFields }: RoutePolicy): FaultCode[] {
  const faults: FaultCode[] = [
    'invalid_request',
    'method_not_allowed',
    'request_timeout',
    'headers_too_large',
    'misdirected_request',
    'forbidden',
    'internal_error',
  ];
  if (unknownFields === 'refused') faults.push('unknown_field');
  if (['POST', 'PUT', 'PATCH'].includes(method)) faults.push('invalid_json', 'payload_too_large', 'unsupported_media_type');
  if (countsAs !== 'nothing') faults.push('rate_limited');
  if (access !== 'public') faults.push('unauthorized');
  return faults;
}
