import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvents } from '@tandem/shared/sse';
import { ggufBytes, noiseModel, randomLora } from '@tandem/testing';
import { type DocumentedResponse, type Media, readDocument, type Route, routesOf } from '../testing/api-document';
import { exampleRequests, type ExampleRequest, send } from '../testing/example-request';
import { type HeldModel, startHeldModel } from '../testing/held-model';
import { type RunningServer, startServer } from '../testing/start-server';
import { strictSchemas } from '../testing/strict-schemas';

const CHECKPOINTS = join(import.meta.dirname, '../../../../checkpoints');
/** These tell of changes for as long as one listens. */
const ENDLESS = /^\/api\/\w+\/stream$/;

/** One voter asks for everything. */
const VOTER = 'tandem_voter=AAAAAAAAAAAAAAAAAAAAAA';
const asVoter = (request: ExampleRequest): ExampleRequest => ({ ...request, headers: { ...request.headers, Cookie: VOTER } });

const document = readDocument();
const check = strictSchemas(document);
const routes = routesOf(document);

const cases = routes.flatMap((route) =>
  exampleRequests(route).map(({ name, request }) => ({ title: `${route.method} ${route.path}, ${name}`, route, request })),
);

describe('the examples of the OpenAPI document', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-examples-'));
  let held: HeldModel;
  let server: RunningServer;

  beforeAll(async () => {
    cpSync(CHECKPOINTS, folder, { recursive: true });
    mkdirSync(join(folder, 'run'));
    for (const step of [1_000, 2_000, 3_000]) copyFileSync(join(folder, 'sft/tandem-tiny-chat.gguf'), join(folder, `run/step-${step}.gguf`));
    writeFileSync(join(folder, 'noise.gguf'), noiseModel());
    writeFileSync(join(folder, 'lora.gguf'), ggufBytes(randomLora()));
    held = await startHeldModel();
    const baseline = [
      { id: 'tandem-tiny-base', name: 'Tandem tiny base', endpoint: 'local:pretrain/tandem-tiny-base.gguf' },
      { id: 'held', name: 'held', endpoint: held.endpoint },
      { id: 'my-adapter', name: 'my-adapter', endpoint: 'local:noise.gguf', adapter: { file: 'lora.gguf' } },
    ];
    server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(baseline) });
    // something to tell of at once
    await fetch(`${server.origin}/api/models/tandem-tiny-base/load`, { method: 'POST' });
  });
  afterAll(async () => {
    held.finish();
    await server.stop();
    await held.close();
    rmSync(folder, { recursive: true });
  });

  /** A run that is at work; for what needs another, one that is paused or cancelled. */
  const aRun = async ({ path }: Route): Promise<string> => {
    const { run } = await post('/api/runs', { baseline: 'held', derivative: 'held', prompt_set: 'general' });
    if (path.endsWith('/pause') || path.endsWith('/cancel')) return run.id;
    await post(`/api/runs/${run.id}/${path.endsWith('/resume') ? 'pause' : 'cancel'}`, {});
    return run.id;
  };

  /** In place of what an example names: a stream to be stopped, or one that was; a run or a set that is there. */
  const aimed = async (route: Route, request: ExampleRequest): Promise<ExampleRequest> => {
    if (route.path.startsWith('/api/comparisons/{id}')) return { ...request, path: route.path.replace('{id}', await keptId(route)) };
    if (route.path.startsWith('/api/blind/{id}')) return { ...request, path: route.path.replace('{id}', await blindId(route)) };
    const at = (id: string): ExampleRequest => ({ ...request, path: route.path.replace('{id}', id) });
    // one that is loaded by then is not stopped loading
    if (route.path.endsWith('/load') && route.method === 'DELETE') await post(`${request.path.replace(/load$/, 'unload')}?force=true`, {});
    if (route.path.startsWith('/api/runs/{id}')) return at(await aRun(route));
    if (route.path === '/api/prompt-sets/{id}' && route.method === 'DELETE') {
      return at((await post('/api/prompt-sets', [{ prompt: 'Hello' }])).prompt_set.id);
    }
    if (!route.path.includes('{stream_id}')) return request;
    const answer = await fetch(`${server.origin}/stream`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'held', prompt: 'Go on', resumable: true }),
    });
    const id = answer.headers.get('x-stream-id') ?? '';
    await answer.body?.cancel();
    if (route.method === 'GET') await fetch(`${server.origin}/stream/${id}`, { method: 'DELETE' });
    return { ...request, path: route.path.replace('{stream_id}', id) };
  };

  const post = async (path: string, body: object): Promise<Record<'comparison' | 'run' | 'prompt_set', { id: string }> & { id: string; streams: object }> =>
    (await (
      await fetch(server.origin + path, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: VOTER }, body: JSON.stringify(body) })
    ).json()) as never;

  /** Of one that is there; with a vote where that is to be changed. */
  const keptId = async ({ method, path }: Route): Promise<string> => {
    const answer = { model: 'some', text: 'Hi' };
    const { comparison } = await post('/api/comparisons', {
      baseline: 'some',
      derivative: 'other',
      turns: [{ prompt: 'x', baseline: answer, derivative: answer }],
    });
    if (method === 'PUT' && path.endsWith('/votes')) await post(`/api/comparisons/${comparison.id}/votes`, { turn: 0, choice: 'tie' });
    return comparison.id;
  };

  /** Of one that is to be voted on, or was. */
  const blindId = async ({ method }: Route): Promise<string> => {
    const asked = { baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-base', messages: [{ role: 'user', content: 'x' }], parameters: { max_tokens: 1 } };
    const { id, streams } = await post('/api/blind', asked);
    await Promise.all(Object.values(streams).map(async (stream: string) => (await fetch(`${server.origin}/stream/${stream}`)).text()));
    if (method === 'GET') await post(`/api/blind/${id}/vote`, { choice: 'tie' });
    return id;
  };

  it.each(cases)('are answered as described: $title', async ({ route, request }) => {
    const leave = new AbortController();
    const answer = await send(server.origin, asVoter(await aimed(route, request)), leave.signal);
    const [status = ''] = Object.keys(route.operation.responses);
    const described = route.operation.responses[status];
    expect(String(answer.status)).toBe(status);
    expect([...answer.headers.keys()]).toEqual(expect.arrayContaining(requiredHeaders(described)));
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    const media = described?.content?.[type];
    expect(media).toBeDefined();
    for (const value of await valuesOf(answer, type, ENDLESS.test(route.path))) expect(check(media?.schema ?? {}, value)).toEqual([]);
    leave.abort();
  });

  it('end a browser that reconnects to a stream that is over', async () => {
    const answer = await fetch(`${server.origin}/stream?model=tandem-tiny-chat&prompt=Hello`, { headers: { 'Last-Event-ID': '3f9c2a.1' } });
    expect(answer.status).toBe(204);
  });

  const written: { title: string; media: Media; value: unknown }[] = routes.flatMap(({ method, path, operation }) =>
    [...Object.entries(operation.responses), ['request', operation.requestBody ?? {}] as const].flatMap(([status, described]) =>
      Object.values((described as { content?: Record<string, Media> }).content ?? {}).flatMap((media) =>
        [...Object.values(media.examples ?? {}).map(({ value }) => value), ...(media.example === undefined ? [] : [media.example])].map((value) => ({
          title: `${method} ${path} ${status}`,
          media,
          value,
        })),
      ),
    ),
  );

  it('fit their schemas, with nothing in them that is not described', () => {
    expect(written.length).toBeGreaterThan(200);
    expect(written.flatMap(({ title, media, value }) => check(media.schema ?? {}, value).map((problem) => `${title}: ${problem}`))).toEqual([]);
  });
});

function requiredHeaders(described: DocumentedResponse | undefined): string[] {
  const required = Object.entries(described?.headers ?? {}).filter(([, header]) => header.required === true);
  return required.map(([name]) => name.toLowerCase());
}

/** The body, or its events: all of an answer, the first of a stream without end. */
async function valuesOf(answer: Response, type: string, isEndless: boolean): Promise<unknown[]> {
  if (type === 'application/json') return [await answer.json()];
  if (type !== 'text/event-stream') return [await answer.text()];
  const values: unknown[] = [];
  for await (const { data } of readEvents(answer.body!)) {
    if (data === '[DONE]') break;
    values.push(JSON.parse(data));
    if (isEndless) break;
  }
  expect(values.length).toBeGreaterThan(0);
  return values;
}
