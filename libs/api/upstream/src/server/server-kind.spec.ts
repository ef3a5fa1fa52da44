import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, guardLeaks, patient, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { UpstreamClient } from '../connection/upstream-client';
import { RemoteSource } from '../source/remote-source';
import { kindByModels, kindByRoutes } from './judge-kind';
import { UNHURRIED } from '../testing/unhurried';

const closeLater = closeAfterEach();
const NOTHING = { version: '', info: '', openapi: '' };
const routes = (...paths: string[]) => JSON.stringify({ paths: Object.fromEntries(paths.map((path) => [path, { post: {} }])) });

describe('kindByModels', () => {
  it.each([
    ['{"data":[{"id":"m","owned_by":"vllm"}]}', { protocol: 'openai-chat' }],
    ['{"data":[{"id":"m","owned_by":"llamacpp"}]}', { protocol: 'llama-server' }],
    ['{"data":[{"id":"m","owned_by":"library"}]}', null],
    ['{"data":null}', null],
    ['', null],
  ])('tells from %s', (text, kind) => expect(kindByModels(text)).toEqual(kind));
});

describe('kindByRoutes', () => {
  it.each([
    [{ version: '{"version":"0.12.0"}' }, { protocol: 'ollama' }],
    [{ info: '{"model_id":"x/y","max_total_tokens":4096}' }, { protocol: 'tgi' }],
    [{ openapi: routes('/v1/chat/completions', '/generate') }, { protocol: 'openai-chat' }],
    [{ openapi: routes('/v1/completions') }, { protocol: 'openai-completions' }],
    [{ openapi: routes('/llm/stream') }, { protocol: 'text', path: '/llm/stream' }],
    [{ openapi: '{"paths":{"/generate":{"get":{}}}}' }, { protocol: 'openai-chat' }],
    [{}, { protocol: 'openai-chat' }],
  ])('tells from %j', (facts, kind) => expect(kindByRoutes({ ...NOTHING, ...facts })).toEqual(kind));
});

describe('A server whose protocol is not configured', () => {
  it('is found out once, and again when it is another', async () => {
    const line = (document: unknown) => `${JSON.stringify(document)}\n`;
    let isOllama = true;
    const asked: string[] = [];
    const server = await startMisbehavingServer((connection, request) => {
      const route = request.split(' ', 2).join(' ');
      asked.push(route);
      const json = (document: unknown, status = 200) => connection.write(wholeResponse(status, 'application/json', JSON.stringify(document)));
      if (route === 'GET /api/version' && isOllama) return json({ version: '0.12.0' });
      if (route === 'POST /api/chat' && isOllama) {
        const lines = line({ message: { content: 'Hi' }, done: false }) + line({ done: true, done_reason: 'stop' });
        return connection.write(wholeResponse(200, 'application/x-ndjson', lines));
      }
      if (route === 'POST /v1/chat/completions' && !isOllama) return json({ choices: [{ message: { content: 'Ho' }, finish_reason: 'stop' }] });
      return json({ error: 'not found' }, 404);
    });
    closeLater(() => server.close());
    const client = new UpstreamClient(UNHURRIED);
    closeLater(() => client.destroy());
    const source = new RemoteSource({ url: server.url, model: 'm' }, client);
    const ask = async () => {
      const sink = collect();
      await source.complete(completionRequest(), sink, patient());
      return sink.answer;
    };
    expect(await ask()).toBe('Hi');
    expect(await ask()).toBe('Hi');
    expect(asked.filter((route) => route === 'GET /api/version')).toHaveLength(1);
    isOllama = false;
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_rejected' });
    expect(await ask()).toBe('Ho');
  });
});

guardLeaks();
