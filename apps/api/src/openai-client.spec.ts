import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatEvent, noiseModel, until } from '@tandem/testing';
import OpenAI, { APIError, BadRequestError, NotFoundError } from 'openai';
import { type HeldModel, startHeldModel } from './testing/held-model';
import { type RunningServer, startServer } from './testing/start-server';

const LOCAL = 'sft/demo.gguf';
const HI = [{ role: 'user' as const, content: 'Hi' }];

describe("OpenAI's own client", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-openai-'));
  let held: HeldModel;
  /** Whose answers never end. */
  let waiting: HeldModel;
  let breaking: Server;
  let server: RunningServer;
  let startedAt: number;
  let client: OpenAI;

  beforeAll(async () => {
    mkdirSync(join(folder, 'sft'), { recursive: true });
    writeFileSync(join(folder, LOCAL), noiseModel());
    held = await startHeldModel();
    held.finish();
    waiting = await startHeldModel();
    breaking = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end(chatEvent('So '));
    }).listen(0, '127.0.0.1');
    await once(breaking, 'listening');
    const models = [
      { name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held' },
      { name: 'waiting', endpoint: waiting.endpoint, protocol: 'openai-chat', model: 'held' },
      { name: 'breaking', endpoint: `127.0.0.1:${(breaking.address() as { port: number }).port}`, protocol: 'openai-chat', model: 'm' },
      { name: 'gone', endpoint: '127.0.0.1:9', protocol: 'openai-chat', model: 'm' },
    ];
    startedAt = Date.now();
    server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(models) });
    client = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([held.close(), waiting.close()]);
    breaking.close();
    rmSync(folder, { recursive: true });
  });

  it('lists the models and finds one whose id holds a slash', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['held', LOCAL]));
    const { mtimeMs } = statSync(join(folder, LOCAL));
    expect(await client.models.retrieve(LOCAL)).toMatchObject({ id: LOCAL, object: 'model', created: Math.floor(mtimeMs / 1000) });
    const { created } = await client.models.retrieve('held');
    expect(created).toBeGreaterThanOrEqual(Math.floor(startedAt / 1000));
    expect(created).toBeLessThanOrEqual(Date.now() / 1000);
    await expect(client.models.retrieve('nobody')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('gets a whole chat answer with its usage', async () => {
    const answer = await client.chat.completions.create({
      model: 'held',
      messages: [
        { role: 'developer', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      ],
    });
    expect(answer).toMatchObject({ object: 'chat.completion', model: 'held', usage: { total_tokens: 7 } });
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(answer.choices).toMatchObject([{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'So far' } }]);
  });

  it('gets a chat answer piece by piece, with its usage when that is asked for', async () => {
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ model: 'held', messages: HI, stream: true, stream_options: { include_usage: true } }))
      chunks.push(chunk);
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('So far');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 7 } });
  });

  it('repeats the answer of a local model by its seed, and in a stream', async () => {
    const asked = { model: LOCAL, messages: HI, seed: 7, max_tokens: 40 };
    const first = await client.chat.completions.create(asked);
    const second = await client.chat.completions.create(asked);
    expect(second.choices[0]?.message.content).toBe(first.choices[0]?.message.content);
    let streamed = '';
    for await (const { choices } of await client.chat.completions.create({ ...asked, stream: true })) streamed += choices[0]?.delta.content ?? '';
    expect(streamed).toBe(first.choices[0]?.message.content);
  });

  it('gets completions of a prompt, whole and in a stream', async () => {
    const answer = await client.completions.create({ model: 'held', prompt: 'Hi' });
    expect(answer).toMatchObject({ object: 'text_completion', choices: [{ text: 'So far', finish_reason: 'stop' }] });
    for (const refused of [{ echo: true }, { suffix: 'x' }, { best_of: 2 }, { prompt: [] }]) {
      await expect(client.completions.create({ model: 'held', prompt: 'Hi', ...refused })).rejects.toMatchObject({
        status: 400,
        param: Object.keys(refused)[0],
      });
    }
    let streamed = '';
    for await (const { choices } of await client.completions.create({ model: 'held', prompt: 'Hi', stream: true })) streamed += choices[0]?.text ?? '';
    expect(streamed).toBe('So far');
  });

  it.each([false, true])('stops the work at the model when it leaves (stream: %s)', async (stream) => {
    const leaving = new AbortController();
    const [askedBefore, cutBefore] = [waiting.asked(), waiting.cut()];
    const asked = client.chat.completions.create({ model: 'waiting', messages: HI, stream }, { signal: leaving.signal });
    const settled = asked.then(
      () => undefined,
      () => undefined,
    );
    await until(() => waiting.asked() === askedBefore + 1);
    leaving.abort();
    await until(() => waiting.cut() === cutBefore + 1);
    await settled;
  });

  it.each([
    ['n', { n: 9 }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['logprobs', { logprobs: 3 }],
    ['top_logprobs', { logprobs: true, top_logprobs: 21 }],
    ['top_logprobs', { top_logprobs: 2 }],
    ['response_format', { response_format: { type: 'xml' } }],
    ['response_format.json_schema.name', { response_format: { type: 'json_schema', json_schema: { name: 'a b', schema: {} } } }],
    ['response_format.json_schema.schema', { response_format: { type: 'json_schema', json_schema: { name: 'a' } } }],
    ['presence_penalty', { presence_penalty: 2.5 }],
    ['frequency_penalty', { frequency_penalty: '1' }],
    ['temperature', { temperature: 3 }],
    ['max_completion_tokens', { max_completion_tokens: 0 }],
    ['messages[0].role', { messages: [{ role: 'critic', content: 'x' }] }],
    ['messages', { messages: [] }],
  ] as const)('is told that %s is wrong', async (param, fields) => {
    const refused = client.chat.completions.create({ model: 'held', messages: HI, ...fields } as OpenAI.ChatCompletionCreateParamsNonStreaming);
    await expect(refused).rejects.toBeInstanceOf(BadRequestError);
    await expect(refused).rejects.toMatchObject({ param, type: 'invalid_request_error', code: 'invalid_request' });
  });

  it('is told of models that are unknown or out of reach, by their status', async () => {
    await expect(client.chat.completions.create({ model: 'nobody', messages: HI })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    for (const stream of [false, true]) {
      await expect(client.chat.completions.create({ model: 'gone', messages: HI, stream })).rejects.toMatchObject({
        status: 502,
        code: 'upstream_unreachable',
        type: 'server_error',
      });
    }
  });

  it('throws when an answer breaks off, whole or in a stream', async () => {
    await expect(client.chat.completions.create({ model: 'breaking', messages: HI })).rejects.toMatchObject({ code: 'upstream_incomplete' });
    let text = '';
    const reading = async () => {
      for await (const { choices } of await client.chat.completions.create({ model: 'breaking', messages: HI, stream: true }))
        text += choices[0]?.delta.content ?? '';
    };
    await expect(reading()).rejects.toBeInstanceOf(APIError);
    expect(text).toBe('So ');
  });

  it("reads malformed requests' failures in the same shape", async () => {
    for (const [type, body, status, code] of [
      ['application/json', '{', 400, 'invalid_json'],
      ['text/plain', 'x', 415, 'unsupported_media_type'],
    ] as const) {
      const response = await fetch(`${server.origin}/v1/chat/completions`, { method: 'POST', headers: { 'Content-Type': type }, body });
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ error: { message: expect.any(String), type: 'invalid_request_error', param: null, code, retryable: false } });
    }
  });
});
