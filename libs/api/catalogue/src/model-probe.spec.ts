import { jest } from '@jest/globals';
import { type ConfigSnapshot, type ConfigStore, type ConfiguredModel, parseEnvironment } from '@tandem/api/config';
import type { LocalRuntime } from '@tandem/api/inference';
import type { Checkpoint, ModelCard, ModelEntry } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  type Script,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import { Subject } from 'rxjs';
import type { CatalogueItem } from './catalogue';
import { ModelProbe } from './model-probe';
import { RemoteSources } from './remote-sources';

const closeLater = closeAfterEach();
const ENVIRONMENT = parseEnvironment({});
const LIST = wholeResponse(200, 'application/json', JSON.stringify({ data: [{ id: 'm', owned_by: 'vllm', max_model_len: 4096 }] }));
const ANSWER = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('Hi', 'stop')), Buffer.from(LAST_CHUNK)]);
const SINCE = new Date(0);
const soon = () => patient();

/** A model at a server where these scripts answer what is read and what is asked. */
async function remote(behaviour: { checks: Script; prompts: Script }, headersMs = 600_000) {
  const server = await startMisbehavingServer((connection, request) => (request.startsWith('GET') ? behaviour.checks : behaviour.prompts)(connection, request));
  closeLater(() => server.close());
  const entry: ModelEntry = {
    name: 'One',
    endpoint: server.url.host,
    protocol: 'openai-chat',
    model: 'm',
    deadlines: { connect_ms: 60_000, headers_ms: headersMs },
  };
  const model: ConfiguredModel = { id: 'one', role: 'baseline', source: 'env', entry };
  const config = { changes: new Subject(), snapshot: { models: [model] } as unknown as ConfigSnapshot } as unknown as ConfigStore;
  const sources = new RemoteSources(config, ENVIRONMENT);
  closeLater(() => sources.onApplicationShutdown());
  const changes: string[] = [];
  sources.changes.subscribe((id) => changes.push(id));
  const probe = new ModelProbe({} as LocalRuntime, sources, ENVIRONMENT);
  const item = { card: { id: 'one', endpoint: entry.endpoint } as ModelCard, model, checkpoint: undefined, since: SINCE } satisfies CatalogueItem;
  const ask = () => sources.of(model).complete(completionRequest(), collect(), soon());
  return { probe: () => probe.probe(item, soon()), whenLate: () => probe.whenLate(item), isResting: () => sources.resting.get('one'), ask, changes };
}

const reads: Script = (connection, request) => connection.write(request.includes('/v1/models') ? LIST : wholeResponse(200, 'text/plain', ''));
const answers: Script = (connection) => connection.write(ANSWER);
const refuses: Script = (connection) => connection.write(wholeResponse(401, 'text/plain', ''));
const hearsNothing: Script = () => undefined;

describe('a model at a server', () => {
  it('is healthy where checks and answers are fine, with what its server says it serves', async () => {
    const { probe, ask } = await remote({ checks: reads, prompts: answers });
    await ask();
    await expect(probe()).resolves.toMatchObject({ status: 'healthy', cause: null, identity: { model: 'm', server: 'vLLM', context_length: 4096 } });
  });

  it('is no healthier than its answers, and says at once that they changed', async () => {
    const behaviour = { checks: reads, prompts: refuses };
    const { probe, ask, changes, isResting } = await remote(behaviour);
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_auth' });
    expect(changes).toEqual(['one']);
    await expect(probe()).resolves.toMatchObject({ status: 'unhealthy', cause: 'key_missing', identity: { model: 'm' } });
    expect(isResting()).toBe(false);
    behaviour.prompts = answers;
    await ask();
    expect(changes).toEqual(['one', 'one']);
    await expect(probe()).resolves.toMatchObject({ status: 'healthy' });
  });

  it('is degraded after answers that failed one after the other', async () => {
    const fails = wholeResponse(500, 'application/json', JSON.stringify({ error: { message: 'CUDA error: out of memory' } }));
    const { probe, ask, isResting } = await remote({ checks: reads, prompts: (connection) => connection.write(fails) });
    for (let n = 0; n < 5; n++) await expect(ask()).rejects.toMatchObject({ code: 'upstream_error' });
    await expect(probe()).resolves.toMatchObject({
      status: 'degraded',
      cause: 'answers_fail',
      detail: expect.stringMatching(/it failed \(HTTP 500\)\. It said: "CUDA error: out of memory"$/),
    });
    expect(isResting()).toBe(true);
  });

  it('is silent where it answers nothing, unless it was heard a moment ago', async () => {
    // the moment goes on
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    closeLater(() => clock.mockRestore());
    const { probe, ask, whenLate } = await remote({ checks: hearsNothing, prompts: answers }, 1_000);
    await expect(probe()).resolves.toMatchObject({ status: 'unhealthy', cause: 'silent' });
    expect(whenLate()).toBeUndefined();
    await ask();
    await expect(probe()).resolves.toMatchObject({ status: 'degraded', cause: 'too_busy' });
    expect(whenLate()).toMatchObject({ cause: 'too_busy' });
  });
});

describe('a model on this machine', () => {
  const FILE = {
    name: 'sft/a.gguf',
    format: 'gguf',
    loadable: true,
    reason: null,
    architecture: 'llama',
    quantization: 'Q8_0',
    context_length: 1024,
  } as Checkpoint;
  const look = (
    checkpoint: Checkpoint | undefined,
    status = 'unloaded',
    error: string | null = null,
    problem: string | null = null,
    adapter?: ModelEntry['adapter'],
  ) => {
    const runtime = { status: () => ({ status, error }), problemOf: () => Promise.resolve(problem) } as unknown as LocalRuntime;
    const probe = new ModelProbe(runtime, {} as RemoteSources, ENVIRONMENT);
    const entry: ModelEntry = { name: 'A', endpoint: 'local:sft/a.gguf', ...(adapter && { adapter }) };
    const model: ConfiguredModel = { id: 'a', role: 'baseline', source: 'file', entry };
    return probe.probe({ card: { id: 'a', endpoint: entry.endpoint } as ModelCard, model, checkpoint, since: SINCE }, soon());
  };

  it.each([
    ['loaded', 'healthy', 'Loaded.'],
    ['unloaded', 'healthy', 'On disk; it loads when it is first asked.'],
    ['unloading', 'healthy', 'On disk; it loads when it is first asked.'],
    ['loading', 'loading', 'It is being loaded.'],
  ])('that is %s is %s', async (state, status, detail) => {
    await expect(look(FILE, state)).resolves.toMatchObject({ status, detail, identity: { model: 'sft/a.gguf · llama · Q8_0', context_length: 1024 } });
  });

  it('says which adapter lies over it, at which scale', async () => {
    await expect(look(FILE, 'loaded', null, null, { file: 'deltas/y.gguf', scale: 0.5 })).resolves.toMatchObject({
      identity: { model: 'deltas/y.gguf at scale 0.5', base: 'sft/a.gguf · llama · Q8_0', context_length: 1024 },
    });
  });

  it.each([
    ['is not there', () => look(undefined), /There is no sft\/a\.gguf/, /^Put the file there/],
    ['cannot be loaded', () => look({ ...FILE, loadable: false, reason: 'It is cut off.' }), /It is cut off/, /^Replace the file/],
    ['failed to load', () => look(FILE, 'failed', 'It broke.'), /It broke/, /^Replace the file, or unload/],
    [
      'cannot be converted, whose reason says what to do',
      () => look({ ...FILE, format: 'pytorch', loadable: false, reason: 'There is no tokenizer: put it beside it.' }),
      /no tokenizer/,
      /^$/,
    ],
    [
      'failed to be converted',
      () => look({ ...FILE, format: 'pytorch' }, 'failed', 'The disk is full.'),
      /disk is full/,
      /^Unload the model, then ask it again/,
    ],
    ['has a bad adapter', () => look(FILE, 'unloaded', null, 'The adapter is for another model.', { file: 'x.gguf' }), /another model/, /correct the adapter/],
  ])('says why and what to do when its file %s', async (_, probe, detail, hint) => {
    await expect(probe()).resolves.toMatchObject({
      status: 'unhealthy',
      cause: 'unusable_file',
      detail: expect.stringMatching(detail),
      hint: expect.stringMatching(hint),
    });
  });
});

guardLeaks();
