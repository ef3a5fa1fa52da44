import type { Protocol } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, describeWithLlamaServer, ggufBytes, type LlamaServerOptions, patient, scriptedLlama, startLlamaServer, U32 } from '@tandem/testing';
import { llamaServer } from './dialects/llama-server';
import { probeRemote } from './health/probe-remote';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { ServerKind } from './server/server-kind';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closing = closeAfterEach();
const inTime = () => patient();
/** Of the model below: 2 ms a token and more. */
const LONG = completionRequest('Tell me a story.', { max_tokens: 32_000 });

/** A server whose answers are not over before a test is, however slowly the machine runs. */
function endless(): LlamaServerOptions {
  const context = 32_768;
  const { metadata, tensors } = scriptedLlama({ says: ['o', 'n', '-'], repeats: true, feedForward: 8_192 });
  const long = metadata.map((entry) => (entry[0] === 'llama.context_length' ? ([entry[0], U32, context] as const) : entry));
  return { context, own: { model: ggufBytes({ metadata: long, tensors }) } };
}

async function setup(remote: Partial<RemoteEndpoint> = {}, options: LlamaServerOptions = {}) {
  const server = await startLlamaServer(options);
  closing(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closing(() => client.destroy());
  const endpoint = { url: server.url, ...remote };
  return { server, client, endpoint, source: new RemoteSource(endpoint, client) };
}

describeWithLlamaServer("llama.cpp's own server", () => {
  it.each<Protocol>(['llama-server', 'openai-chat', 'auto'])('answers with usage, asked as %s', async (protocol) => {
    const { source } = await setup({ protocol });
    const sink = collect();
    const request = completionRequest('What is your name?', { max_tokens: 24, temperature: 0 });
    const end = await source.complete(request, sink, inTime());
    expect(sink.answer.trim()).not.toBe('');
    expect(end.finishReason).toMatch(/^(stop|length)$/);
    const { prompt_tokens = 0, completion_tokens = 0, total_tokens = 0 } = end.usage ?? {};
    expect(prompt_tokens).toBeGreaterThan(0);
    expect(completion_tokens).toBeGreaterThan(0);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
    expect(end.timings).toMatchObject({ tokens_per_second: expect.any(Number) });
    expect(end.ignoredParameters ?? []).toEqual([]);
  });

  it('is known for what it is, and is healthy', async () => {
    const { client, endpoint } = await setup();
    await expect(new ServerKind(endpoint, client).get()).resolves.toMatchObject({ dialect: llamaServer });
    await expect(probeRemote(endpoint, client, inTime())).resolves.toMatchObject({
      status: 'healthy',
      detail: expect.stringContaining('serves "tandem-tiny-chat"'),
    });
  });

  it('is loading while it loads, and a prompt is told so', async () => {
    const { client, endpoint, source } = await setup({ protocol: 'llama-server', model: 'tandem-tiny-chat' }, { isLoading: true });
    await expect(probeRemote(endpoint, client, inTime())).resolves.toMatchObject({ status: 'loading' });
    await expect(source.complete(completionRequest(), collect(), inTime())).rejects.toMatchObject({
      code: 'upstream_error',
      message: expect.stringContaining('still loading its model'),
      retryable: true,
    });
  });

  it('takes every sampling value', async () => {
    const { server, source } = await setup({ protocol: 'llama-server' });
    const values = { temperature: 0.25, top_p: 0.75, top_k: 17, repetition_penalty: 1.5, max_tokens: 5, seed: 99 };
    await source.complete(completionRequest('Hello.', values), collect(), inTime());
    const [slot] = await server.slots();
    const { params = {} } = slot ?? {};
    expect(params).toMatchObject({ top_k: 17, seed: 99, temperature: 0.25, top_p: 0.75, repeat_penalty: 1.5 });
    expect(params['n_predict'] ?? params['max_tokens']).toBe(5);
  });

  it.each([undefined, true] as const)('answers in JSON, and tells how likely its tokens were (raw text: %s)', async (isRaw) => {
    const { source } = await setup({ protocol: 'llama-server' });
    const schema = { type: 'object', properties: { n: { type: 'integer' }, ok: { type: 'boolean' } }, required: ['n', 'ok'], additionalProperties: false };
    const sink = collect();
    const demands = { format: { type: 'json_schema', name: 'it', schema }, logprobs: 2, presencePenalty: 0.5, ...(isRaw ? { isRaw } : {}) } as const;
    await source.complete({ ...completionRequest('Give me JSON.', { max_tokens: 60, temperature: 0 }), demands }, sink, inTime());
    expect(JSON.parse(sink.answer)).toEqual({ n: expect.any(Number), ok: expect.any(Boolean) });
    expect(sink.likelihoods.map(({ token }) => token).join('')).toContain(sink.answer);
    for (const { logprob, top_logprobs: others } of sink.likelihoods) expect([logprob <= 0, others.length <= 2]).toEqual([true, true]);
  });

  it('goes on with raw text without its chat template', async () => {
    const { source } = await setup({ protocol: 'llama-server' });
    const request = completionRequest('The river', { max_tokens: 4, temperature: 0 });
    const asTurn = await source.complete(request, collect(), inTime());
    const raw = await source.complete({ ...request, demands: { isRaw: true } }, collect(), inTime());
    expect(raw.usage?.prompt_tokens).toBeLessThan(asTurn.usage?.prompt_tokens ?? 0);
  });

  it('has its slot back when the answer is stopped', async () => {
    const { server, source } = await setup({ protocol: 'llama-server' }, endless());
    const sink = collect();
    const stop = new AbortController();
    const answer = source.complete(LONG, sink, stop.signal);
    await sink.untilPieces(2);
    expect((await server.slots()).map(({ is_processing }) => is_processing)).toEqual([true]);
    stop.abort();
    await expect(answer).resolves.toMatchObject({ finishReason: 'cancelled' });
    await server.untilIdle();
    await expect(source.complete(completionRequest('Hi.', { max_tokens: 2 }), collect(), inTime())).resolves.toBeDefined();
  });

  it('says so when a prompt is longer than its context', async () => {
    const { source } = await setup({ protocol: 'llama-server' }, { context: 256 });
    const long = completionRequest(Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(' '));
    await expect(source.complete(long, collect(), inTime())).rejects.toMatchObject({ code: 'context_length_exceeded' });
  });

  it('that is killed in its answer leaves the text that came', async () => {
    const { server, source } = await setup({ protocol: 'llama-server' }, endless());
    const sink = collect();
    const answer = source.complete(LONG, sink, inTime());
    const refused = expect(answer).rejects.toMatchObject({ code: 'upstream_incomplete', retryable: true });
    await sink.untilPieces(3);
    await server.kill();
    await refused;
    expect(sink.pieces.length).toBeGreaterThanOrEqual(3);
  });
});
