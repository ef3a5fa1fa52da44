import { closeAfterEach, guardLeaks, patient, responseHead, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { DEFAULT_DEADLINES } from '../connection/deadlines';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import { UpstreamClient } from '../connection/upstream-client';
import { probeRemote } from './probe-remote';
import { UNHURRIED } from '../testing/unhurried';

const closeLater = closeAfterEach();

const json = (status: number, body: unknown, headers = {}) => wholeResponse(status, 'application/json', JSON.stringify(body), headers);
const NOT_FOUND = json(404, { detail: 'Not Found' });
const OK = json(200, { status: 'ok' });
const LIST = json(200, { object: 'list', data: [{ id: 'llama', owned_by: 'someone' }] });

/** A server that has these routes, and no others. */
async function setup(routes: Readonly<Record<string, string>>, remote: Partial<RemoteEndpoint> = {}, asideMs = UNHURRIED.asideMs) {
  const server = await startMisbehavingServer((connection, request) => {
    void connection.write(routes[request.split(' ')[1] ?? ''] ?? NOT_FOUND);
  });
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, asideMs });
  closeLater(() => client.destroy());
  const probe = (signal: AbortSignal = patient()) => probeRemote({ url: server.url, ...remote }, client, signal);
  const asked = () => server.requests.map((request) => request.split(' ').slice(0, 2).join(' '));
  return { server, probe, asked };
}

describe('probeRemote', () => {
  it.each([
    ['healthy', 'lists its models', { '/v1/models': LIST }, 'serves "llama"'],
    ['healthy', 'has a health route alone', { '/health': OK }, '/health'],
    ['healthy', 'has an empty health answer', { '/health': responseHead(200, { 'Content-Length': '0' }) }, '/health'],
    ['healthy', 'keeps its health route behind a key', { '/v1/models': LIST, '/health': json(401, { error: 'Unauthorized' }) }, 'serves'],
    ['healthy', 'has its page at the health route, and a list', { '/v1/models': LIST, '/health': wholeResponse(200, 'text/html', '<html>') }, 'serves'],
    [
      'loading',
      'loads its model',
      {
        '/v1/models': LIST,
        '/health': json(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
      },
      'loading',
    ],
    ['loading', 'says that it loads', { '/health': json(200, { status: 'loading model' }) }, 'loading'],
    ['unhealthy', 'has a dead engine behind its list', { '/v1/models': LIST, '/health': responseHead(503, { 'Content-Length': '0' }) }, 'HTTP 503'],
    ['unhealthy', 'calls itself unhealthy', { '/health': json(200, { status: 'unhealthy' }) }, 'says of itself'],
    ['unhealthy', 'wants a key', { '/v1/models': json(401, { error: 'Unauthorized' }), '/health': OK }, 'wants a key'],
    ['unhealthy', 'redirects', { '/v1/models': responseHead(302, { Location: 'http://other/', 'Content-Length': '0' }) }, 'redirects'],
    ['degraded', 'is too busy', { '/v1/models': json(429, {}) }, 'too many'],
    ['degraded', 'answers with pages', { '/v1/models': wholeResponse(200, 'text/html', '<html>Log in') }, 'web page'],
    ['unknown', 'has neither route', {}, 'neither'],
  ])('calls a server %s that %s', async (status, _, routes, words) => {
    const { probe } = await setup(routes as Record<string, string>);
    await expect(probe()).resolves.toMatchObject({ status, detail: expect.stringContaining(words) });
  });

  it.each([
    ['key_missing', { '/v1/models': json(401, {}) }, {}],
    ['key_refused', { '/v1/models': json(403, {}) }, { apiKey: 'sk-canary-key' }],
    ['wrong_model', { '/v1/models': LIST }, { model: 'other' }],
    ['too_busy', { '/v1/models': json(429, {}) }, {}],
    ['reports_failure', { '/v1/models': json(500, {}) }, {}],
    ['reports_failure', { '/health': json(200, { status: 'unhealthy' }) }, {}],
    ['wrong_address', { '/v1/models': wholeResponse(200, 'text/html', '<html>Log in') }, {}],
    ['wrong_address', { '/v1/models': responseHead(302, { Location: 'http://other/', 'Content-Length': '0' }) }, {}],
    [null, { '/v1/models': LIST, '/health': OK }, {}],
    [null, { '/health': json(503, { error: { message: 'Loading model' } }) }, {}],
    [null, {}, {}],
  ])('names what is wrong: %s', async (cause, routes, remote) => {
    const { probe } = await setup(routes as unknown as Record<string, string>, remote);
    await expect(probe()).resolves.toMatchObject({ cause });
  });

  it.each([
    ['llama3', ['llama3:latest']],
    ['openai/gpt', ['openai/*']],
  ])('takes %s for one of %j, as its server does', async (model, names) => {
    const { probe } = await setup({ '/v1/models': json(200, { data: names.map((id) => ({ id })) }) }, { model });
    await expect(probe()).resolves.toMatchObject({ status: 'healthy' });
  });

  it('is not kept from its verdict by a health route that hangs', async () => {
    const { probe } = await setup({ '/v1/models': LIST, '/health': '' }, {}, DEFAULT_DEADLINES.asideMs);
    await expect(probe(patient())).resolves.toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('does not answer at /health'),
      hint: expect.stringContaining('health_path'),
      identity: { model: 'llama' },
    });
  });

  it('says what it knows of a server whose version route hangs', async () => {
    const vllm = json(200, { data: [{ id: 'llama', owned_by: 'vllm', max_model_len: 4096 }] });
    const { probe } = await setup({ '/v1/models': vllm, '/health': OK, '/version': '' }, {}, DEFAULT_DEADLINES.asideMs);
    await expect(probe(patient())).resolves.toMatchObject({
      status: 'healthy',
      identity: { server: 'vLLM', version: null, context_length: 4096 },
    });
  });

  it('asks for no health that may cost money where nobody says what stands there', async () => {
    const { probe, asked } = await setup({ '/v1/models': LIST, '/health/liveliness': '', '/health': OK }, {}, DEFAULT_DEADLINES.asideMs);
    await expect(probe(patient())).resolves.toMatchObject({ status: 'healthy' });
    expect(asked()).not.toContain('GET /health');
  });

  it('has a hint for whatever is not healthy', async () => {
    for (const routes of [{}, { '/v1/models': json(500, {}) }, { '/v1/models': json(403, {}) }]) {
      const { probe } = await setup(routes as Record<string, string>);
      await expect(probe()).resolves.toMatchObject({ hint: expect.stringMatching(/\.$/) });
    }
  });

  it('calls a server unhealthy that cannot be reached', async () => {
    const { probe } = await setup({}, { url: new URL('http://127.0.0.1:1') });
    await expect(probe()).resolves.toMatchObject({
      status: 'unhealthy',
      cause: 'unreachable',
      detail: expect.stringContaining('Nothing listens'),
      hint: 'Start the model server, or correct the endpoint.',
    });
  });

  it('says that the key is refused, without the key', async () => {
    const { server, probe } = await setup({ '/v1/models': json(401, { error: 'bad sk-canary-key' }) }, { apiKey: 'sk-canary-key' });
    const finding = await probe();
    expect(finding).toMatchObject({ status: 'unhealthy', detail: expect.stringContaining('refuses the key') });
    expect(JSON.stringify(finding)).not.toContain('sk-canary-key');
    expect(server.requests.filter((request) => request.includes('sk-canary-key'))).toHaveLength(1);
  });

  it('notices that the configured model is not served', async () => {
    const { probe } = await setup({ '/v1/models': LIST, '/health': OK }, { model: 'mistral' });
    await expect(probe()).resolves.toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('"mistral"'),
      hint: expect.stringContaining('llama'),
    });
  });

  it('asks the configured health route and nothing else', async () => {
    const { probe, asked } = await setup({ '/up': OK }, { healthPath: '/up' });
    await expect(probe()).resolves.toMatchObject({ status: 'healthy' });
    expect(asked()).toEqual(['GET /up']);
  });

  it('calls the state unknown when the configured health route is not there', async () => {
    const { probe } = await setup({}, { healthPath: '/up' });
    await expect(probe()).resolves.toMatchObject({ status: 'unknown', hint: expect.stringContaining('health_path') });
  });

  describe('on a LiteLLM gateway, whose health route calls every model', () => {
    it.each([
      ['says so in its headers', { '/v1/models': json(200, { data: [{ id: 'm' }] }, { 'x-litellm-version': '1.80' }) }],
      ['has its liveness route', { '/v1/models': LIST, '/health/liveliness': json(200, "I'm alive!") }],
    ])('never asks that route when the gateway %s', async (_, routes) => {
      const { probe, asked } = await setup({ ...(routes as Record<string, string>), '/health': OK });
      await expect(probe()).resolves.toMatchObject({ status: 'healthy' });
      expect(asked()).not.toContain('GET /health');
    });
  });

  it('never asks SGLang for its health, which makes a token', async () => {
    const sglang = json(200, { data: [{ id: 'm', owned_by: 'sglang', max_model_len: 4096 }] });
    const { probe, asked } = await setup({ '/v1/models': sglang, '/health': OK, '/get_server_info': json(200, { version: '0.5.1' }) });
    await expect(probe()).resolves.toMatchObject({ status: 'healthy', identity: { server: 'SGLang', version: '0.5.1' } });
    expect(asked()).toEqual(['GET /v1/models', 'GET /get_server_info']);
  });

  it('only ever reads', async () => {
    const { probe, asked } = await setup({ '/v1/models': LIST, '/health': OK });
    await probe();
    expect(asked()).toEqual(['GET /v1/models', 'GET /health/liveliness', 'GET /health']);
  });

  it('rejects when its signal is aborted', async () => {
    const { probe } = await setup({});
    await expect(probe(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });
});

guardLeaks();
