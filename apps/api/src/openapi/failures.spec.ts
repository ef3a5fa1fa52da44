import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMPT_SET_LIMITS, REQUEST_LIMITS, type RunCard } from '@tandem/shared/contracts';
import { exchange } from '@tandem/testing';
import { readDocument, type Route, routesOf } from '../testing/api-document';
import { exampleRequests, type ExampleRequest, send } from '../testing/example-request';
import { type RunningServer, startServer } from '../testing/start-server';
import { strictSchemas } from '../testing/strict-schemas';

const CHECKPOINTS = join(import.meta.dirname, '../../../../checkpoints');
const REMOTE = [
  { id: 'elsewhere', name: 'elsewhere', endpoint: '127.0.0.1:9' },
  { id: 'silent', name: 'silent', endpoint: '127.0.0.1:10' },
];
const SERVERS = {
  open: { BASELINE_MODELS: JSON.stringify(REMOTE) },
  guarded: { ACCESS_TOKENS: 'a-right-token', ADMIN_TOKEN: 'an-admin-token' },
  limited: { RATE_LIMIT_PER_MINUTE: '1' },
  small: { INFERENCE_MEMORY_MB: '1' },
  keepless: { DATA_DIR: 'sft/broken.gguf/below' },
};

/** Of a state that no single request brings about. What raises them has specs of its own. */
const NOT_BROUGHT_ABOUT = new Set([
  'request_timeout',
  'internal_error',
  'model_unloaded',
  'queue_full',
  'local_inference_unavailable',
  'local_model_crashed',
  'disk_full',
  'scoring_unsupported',
  'upstream_auth',
  'upstream_bad_response',
  'upstream_error',
  'upstream_incomplete',
  'upstream_rejected',
  'upstream_timeout',
  'upstream_rate_limited',
  'server_restarting',
  'no_config',
]);

interface FailureBody {
  readonly error: { readonly code: string; readonly retryable: boolean; readonly request_id: string };
}

interface Provocation {
  readonly at?: keyof typeof SERVERS;
  readonly change: (request: ExampleRequest, route: Route) => ExampleRequest;
}

const with_ = (part: Partial<ExampleRequest>) => (request: ExampleRequest) => ({ ...request, ...part });

/** Asks for another model, wherever the request names one. */
const about =
  (model: string) =>
  (request: ExampleRequest, { path }: Route): ExampleRequest => {
    if (/\{(?:name|id)\}/.test(path)) return { ...request, path: path.replace(/\{\w+\}/, encodeURIComponent(model)) };
    if ('model' in request.query) return { ...request, query: { ...request.query, model } };
    if ('derivatives' in (request.body as object)) return { ...request, body: { ...(request.body as object), baseline: { model }, derivatives: [{ model }] } };
    const field = 'baseline' in (request.body as object) ? 'baseline' : 'model';
    return { ...request, body: { ...(request.body as object), [field]: model } };
  };

/** Of runs at the open server: one that is over, and one that is at work for minutes, since its model is never reached. */
const RUNS = { over: '', atWork: '' };

const missing = (request: ExampleRequest, { path }: Route): ExampleRequest =>
  path.includes('{id}')
    ? { ...request, path: path.replace('{id}', 'nowhere') }
    : { ...request, body: { baseline: 'tandem-tiny-chat', derivative: 'tandem-tiny-chat', prompt_set: 'nowhere' } };

const inWrongState = (request: ExampleRequest, route: Route): ExampleRequest => {
  if (route.path === '/api/config/models') return toBaselines(request);
  if (route.path.startsWith('/api/prompt-sets')) return request;
  if (!route.path.startsWith('/api/runs')) return about('elsewhere')(request, route);
  return { ...request, path: route.path.replace('{id}', route.method === 'DELETE' ? RUNS.atWork : RUNS.over) };
};

/** More than an address takes, of prompts too. */
const tooLarge = (request: ExampleRequest, { path }: Route): ExampleRequest => ({
  ...request,
  body: JSON.stringify({ filler: 'x'.repeat(path === '/api/prompt-sets' ? PROMPT_SET_LIMITS.bytes : REQUEST_LIMITS.bodyBytes) }),
});

/** Their list comes from the environment. */
const toBaselines = (request: ExampleRequest): ExampleRequest => ({ ...request, body: { ...(request.body as object), side: 'baseline' } });

const LONG = 'word '.repeat(3_000);

/** The head alone is too large, so the prompt of an address cannot be as long as that of a body. */
const longPrompt = (request: ExampleRequest, route: Route): ExampleRequest => {
  if (request.body === undefined) return { ...request, query: { ...request.query, prompt: LONG } };
  if ('texts' in (request.body as object))
    return about('tandem-tiny-chat')({ ...request, body: { ...(request.body as object), texts: [{ text: LONG }] } }, route);
  if ('text' in (request.body as object)) return about('tandem-tiny-chat')({ ...request, body: { ...(request.body as object), text: LONG } }, route);
  if ('input' in (request.body as object)) return { ...request, body: { model: 'tandem-tiny-chat', input: LONG } };
  if ('baseline' in (request.body as object))
    return about('tandem-tiny-chat')({ ...request, body: { ...(request.body as object), messages: [{ role: 'user', content: LONG }] } }, route);
  if ('messages' in (request.body as object)) return { ...request, body: { model: 'tandem-tiny-chat', messages: [{ role: 'user', content: LONG }] } };
  return { ...request, body: { model: 'tandem-tiny-chat', ...('message' in (request.body as object) ? { message: LONG } : { prompt: LONG }) } };
};

/** No address takes it. */
const NO_METHOD = { method: 'PROPFIND' };

const PROVOCATIONS: Readonly<Record<string, Provocation>> = {
  unknown_field: { change: (request) => ({ ...request, query: { ...request.query, nonsense: '1' } }) },
  method_not_allowed: { change: with_(NO_METHOD) },
  invalid_json: { change: with_({ body: '{"model":' }) },
  unsupported_media_type: { change: with_({ body: '{}', headers: { 'Content-Type': 'text/plain' } }) },
  payload_too_large: { change: tooLarge },
  headers_too_large: { change: with_({ headers: { 'X-Filler': 'x'.repeat(20_000) } }) },
  rate_limited: { at: 'limited', change: (request) => request },
  unauthorized: { at: 'guarded', change: (request) => request },
  forbidden: { change: with_({ headers: { 'Sec-Fetch-Site': 'cross-site' } }) },
  model_not_found: { change: about('nowhere') },
  stream_not_found: { change: (request) => request },
  upstream_unreachable: { change: about('elsewhere') },
  not_found: { change: missing },
  store_unavailable: { at: 'keepless', change: (request) => request },
  conflict: { change: inWrongState },
  model_invalid: { change: about('sft/broken.gguf') },
  insufficient_memory: { at: 'small', change: about('sft/tandem-tiny-chat.gguf') },
  context_length_exceeded: { change: longPrompt },
};

const document = readDocument();
const check = strictSchemas(document);
const described = routesOf(document).flatMap((route) =>
  Object.entries(route.operation.responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { content }]) =>
      Object.entries(content?.['application/json']?.examples ?? {}).map(([code, { value }]) => ({
        code,
        status: Number(status),
        example: value as FailureBody,
        title: `${route.method} ${route.path}: ${status} ${code}`,
        route,
      })),
    ),
);
const brought = described.filter(({ code }) => !NOT_BROUGHT_ABOUT.has(code));

describe('a failure that the OpenAPI document describes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-failures-'));
  let servers: Record<keyof typeof SERVERS, RunningServer>;

  beforeAll(async () => {
    cpSync(CHECKPOINTS, folder, { recursive: true });
    mkdirSync(join(folder, 'sft'), { recursive: true });
    writeFileSync(join(folder, 'sft/broken.gguf'), 'no model');
    const started = await Promise.all(
      Object.entries(SERVERS).map(async ([name, environment]) => [name, await startServer(folder, { DATA_DIR: `.kept-by-${name}`, ...environment })] as const),
    );
    servers = Object.fromEntries(started) as typeof servers;
    RUNS.over = await startRun(servers.open.origin, 1);
    await fetch(`${servers.open.origin}/api/runs/${RUNS.over}/cancel`, { method: 'POST' });
    RUNS.atWork = await startRun(servers.open.origin, 20);
  });
  afterAll(async () => {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  });

  const provoke = async ({ code, route }: (typeof described)[number]): Promise<Response> => {
    const [{ request } = { request: undefined }] = exampleRequests(route);
    if (request === undefined) throw new Error('no example');
    if (code === 'invalid_request') return byHand(servers.open.origin, request, []);
    if (code === 'conflict' && /^\/api\/(?:comparisons|blind)\//.test(route.path)) return anew(servers.open.origin, request, route);
    if (code === 'misdirected_request') return byHand(servers.open.origin, request, ['Host: tandem.example.com']);
    const { at = 'open', change } = PROVOCATIONS[code] ?? { change: () => request };
    // the one request a minute that the limit allows
    if (at === 'limited') await fetch(`${servers.limited.origin}/api/models`);
    return send(servers[at].origin, change(request, route));
  };

  it.each(brought)('comes as it is described: $title', async (failure) => {
    const answer = await provoke(failure);
    const body = (await answer.json()) as FailureBody;
    const { code, retryable } = failure.example.error;
    expect({ status: answer.status, code: body.error.code, retryable: body.error.retryable }).toEqual({ status: failure.status, code, retryable });
    const schema = failure.route.operation.responses[failure.status]?.content?.['application/json']?.schema ?? {};
    expect(check(schema, body)).toEqual([]);
    const requestId = answer.headers.get('x-request-id');
    expect(requestId).toMatch(/./);
    // the OpenAI API has no place for it in the body
    if ('request_id' in failure.example.error) expect(body.error.request_id).toBe(requestId);
    if (failure.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is brought about by a request, or is known not to be', () => {
    const codes = [...new Set(described.map(({ code }) => code))];
    expect(
      codes.filter((code) => !NOT_BROUGHT_ABOUT.has(code) && code !== 'invalid_request' && code !== 'misdirected_request' && PROVOCATIONS[code] === undefined),
    ).toEqual([]);
  });
});

/** Its id. */
async function startRun(origin: string, repeats: number): Promise<string> {
  const body = JSON.stringify({ variants: ['silent', 'tandem-tiny-chat'], prompt_set: 'general', repeats, parameters: { max_tokens: 1 } });
  const answer = await fetch(`${origin}/api/runs`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return ((await answer.json()) as { run: RunCard }).run.id;
}

/** A second vote on the same turn, or one before the two have answered; or a look at what was not voted on. */
async function anew(origin: string, request: ExampleRequest, { path, method }: Route): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Cookie: 'tandem_voter=AAAAAAAAAAAAAAAAAAAAAA' };
  const post = (to: string, body: unknown) => fetch(origin + to, { method: 'POST', headers, body: JSON.stringify(body) });
  const [{ request: first } = { request: undefined }] = exampleRequests(
    described.find(({ route }) => route.method === 'POST' && route.path === path.replace(/\/\{id\}.*/, ''))?.route as Route,
  );
  const body = path.startsWith('/api/blind') ? { ...(first?.body as object), baseline: 'tandem-tiny-chat' } : first?.body;
  const made = (await (await post(first?.path ?? '', body)).json()) as { id?: string; comparison?: { id: string } };
  const target = path.replace('{id}', made.id ?? made.comparison?.id ?? '');
  if (method === 'GET') return fetch(origin + target, { headers });
  const answer = await post(target, request.body);
  return answer.status === 409 ? answer : post(target, request.body);
}

/** With these headers about the host, which `fetch` writes itself. */
async function byHand(origin: string, { method, path, query, body }: ExampleRequest, hostLines: readonly string[]): Promise<Response> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path}?${new URLSearchParams(query)} HTTP/1.1`,
    ...hostLines,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  const answer = await exchange(Number(new URL(origin).port), `${head.join('\r\n')}\r\n\r\n${text}`);
  const [, status, headers = '', json] = /^HTTP\/1\.1 (\d+) [^\r]*\r\n(.*?)\r\n\r\n(.*)$/s.exec(answer) ?? [];
  return new Response(json, { status: Number(status), headers: headers.split('\r\n').map((line) => line.split(/: /, 2) as [string, string]) });
}
