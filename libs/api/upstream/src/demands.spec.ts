import type { Demands } from '@tandem/api/completion';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { chatEvent, chunk, closeAfterEach, event, EVENT_STREAM_HEAD, LAST_CHUNK, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import type { Protocol } from '@tandem/shared/contracts';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const ANSWER = [EVENT_STREAM_HEAD, chunk(chatEvent('fine') + chatEvent(null, 'stop') + event('[DONE]')), LAST_CHUNK].join('');

const refusal = (status: number, message: string) => wholeResponse(status, 'application/json', JSON.stringify({ error: { message } }));

async function setup(script: Script, remote: Partial<RemoteEndpoint> = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...remote }, client);
  const sink = collect();
  const never = new AbortController().signal;
  const ask = async (demands: Demands) => {
    const request = { ...completionRequest('Once upon'), demands };
    return (await source.admit(request, never)).complete(request, sink, never);
  };
  /** The route of each request, and its body. */
  const asked = () =>
    server.requests.map((text) => ({ route: text.split(' ')[1], body: JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as Record<string, unknown> }));
  return { ask, asked, sink };
}

/** Answers by the route. */
const routes =
  (answers: Readonly<Record<string, string>>): Script =>
  (connection, request) =>
    connection.write(answers[request.split(' ')[1] ?? ''] ?? refusal(404, 'Not Found'));

describe('raw text', () => {
  it('goes to the route that goes on with it', async () => {
    const { ask, asked, sink } = await setup(routes({ '/v1/completions': ANSWER }));
    await expect(ask({ isRaw: true })).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.answer).toBe('fine');
    expect(asked()).toMatchObject([{ route: '/v1/completions', body: { prompt: 'Once upon' } }]);
  });

  it.each([404, 405, 501])("is a user's message for a server that answers there with %d", async (status) => {
    const { ask, asked, sink } = await setup(routes({ '/v1/completions': refusal(status, 'This is a chat model'), '/v1/chat/completions': ANSWER }));
    await expect(ask({ isRaw: true })).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.answer).toBe('fine');
    expect(asked()[1]).toMatchObject({ route: '/v1/chat/completions', body: { messages: [{ role: 'user', content: 'Once upon' }] } });
  });

  it('goes to the one route that was configured', async () => {
    const { ask, asked } = await setup(routes({ '/my/chat': ANSWER }), { path: '/my/chat' });
    await ask({ isRaw: true });
    expect(asked()).toMatchObject([{ route: '/my/chat', body: { messages: [{ role: 'user', content: 'Once upon' }] } }]);
  });

  it('fails as any other where no route takes it', async () => {
    const { ask } = await setup(routes({}));
    await expect(ask({ isRaw: true })).rejects.toMatchObject({ code: 'upstream_rejected' });
  });
});

describe('token ids', () => {
  it('go to the route that goes on with a text', async () => {
    const { ask, asked } = await setup(routes({ '/v1/completions': ANSWER }));
    await ask({ isRaw: true, promptTokens: [5, 6] });
    expect(asked()).toMatchObject([{ route: '/v1/completions', body: { prompt: [5, 6] } }]);
  });

  it.each<[string, Partial<RemoteEndpoint>, number]>([
    ['has none such', {}, 1],
    ['is configured for chats alone', { path: '/my/chat' }, 0],
  ])('are refused where a server %s, and no chat is asked', async (_, remote, tried) => {
    const { ask, asked } = await setup(routes({ '/v1/chat/completions': ANSWER, '/my/chat': ANSWER }), remote);
    await expect(ask({ isRaw: true, promptTokens: [5, 6] })).rejects.toMatchObject({ code: 'invalid_request', param: 'prompt' });
    expect(asked()).toHaveLength(tried);
  });
});

describe('what is demanded of a model server', () => {
  it.each<[Protocol, Demands, string]>([
    ['text', { format: { type: 'json_object' } }, 'response_format'],
    ['sse', { presencePenalty: 1 }, 'presence_penalty'],
    ['tgi', { logprobs: 2 }, 'logprobs'],
  ])('is refused where a server of the kind %s has nothing for it, and nothing is asked', async (protocol, demands, param) => {
    const { ask, asked } = await setup(routes({}), { protocol });
    await expect(ask(demands)).rejects.toMatchObject({ code: 'invalid_request', param });
    expect(asked()).toEqual([]);
  });

  it.each<[Demands, string, string]>([
    [{ format: { type: 'json_object' } }, 'This response_format type is unavailable now', 'response_format'],
    [{ format: { type: 'json_schema', name: 'x', schema: {} } }, 'Grammar error: unsupported', 'response_format'],
    [{ logprobs: 9 }, 'Requested sample logprobs of 9, which is greater than max allowed: 5', 'logprobs'],
    [{ frequencyPenalty: 1 }, 'Unknown parameter: frequency_penalty', 'frequency_penalty'],
  ])('is named when the server refuses %j', async (demands, message, param) => {
    const { ask } = await setup((connection) => connection.write(refusal(400, message)));
    await expect(ask(demands)).rejects.toMatchObject({ code: 'invalid_request', param, message: expect.stringContaining(message) });
  });

  it('is told of no more tokens than that', async () => {
    const content = [{ token: 'fine', logprob: -1, bytes: null, top_logprobs: ['a', 'b', 'c'].map((token) => ({ token, logprob: -1, bytes: null })) }];
    const told = event({ choices: [{ index: 0, delta: { content: 'fine' }, logprobs: { content } }] });
    const answer = [EVENT_STREAM_HEAD, chunk(told + chatEvent(null, 'stop')), LAST_CHUNK].join('');
    const asked = await setup((connection) => connection.write(answer));
    await asked.ask({ logprobs: 2 });
    expect(asked.sink.likelihoods).toMatchObject([{ token: 'fine', top_logprobs: [{ token: 'a' }, { token: 'b' }] }]);
    const unasked = await setup((connection) => connection.write(answer));
    await unasked.ask({});
    expect(unasked.sink.likelihoods).toEqual([]);
  });
});
