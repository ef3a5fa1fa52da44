import type { Media, Parameter, Route } from './api-document';

/** A request as the document's own examples spell it. */
export interface ExampleRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request per example of the body, or one where there is none; optional headers are left out. */
export function exampleRequests({ method, path, operation }: Route): { readonly name: string; readonly request: ExampleRequest }[] {
  const values = new Map(operation.parameters.map((parameter) => [parameter, valueOf(parameter)]));
  const of = (place: Parameter['in']) => [...values].filter(([parameter, value]) => parameter.in === place && value !== undefined) as [Parameter, string][];
  const request: ExampleRequest = {
    method,
    path: of('path').reduce((filled, [{ name }, value]) => filled.replace(`{${name}}`, encodeURIComponent(value)), path),
    query: Object.fromEntries(of('query').map(([{ name }, value]) => [name, value])),
    headers: {},
  };
  const bodies = Object.entries(bodiesOf(operation.requestBody?.content['application/json']));
  if (bodies.length === 0) return [{ name: 'parameters', request }];
  return bodies.map(([name, body]) => ({ name, request: { ...request, body } }));
}

function valueOf({ example, schema }: Parameter): string | undefined {
  const value = example ?? schema['example'];
  return value === undefined ? undefined : String(value);
}

function bodiesOf(media: Media | undefined): Record<string, unknown> {
  if (media?.examples) return Object.fromEntries(Object.entries(media.examples).map(([name, { value }]) => [name, value]));
  return media?.example === undefined ? {} : { body: media.example };
}

export function send(origin: string, { method, path, query, headers, body }: ExampleRequest, signal?: AbortSignal): Promise<Response> {
  const address = new URL(path, origin);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const isRaw = body === undefined || typeof body === 'string';
  return fetch(address, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    redirect: 'manual',
    ...(signal ? { signal } : {}),
  } as RequestInit);
}
