import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { chatEvent, event } from '@tandem/testing';
import OpenAI from 'openai';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const LOCAL = 'tandem-tiny-chat';
const BASE = 'pretrain/tandem-tiny-base.gguf';
const HI = [{ role: 'user' as const, content: 'Tell me about the river.' }];
/** What there is to say under it has an end, whatever a model chooses. */
const SCHEMA = {
  type: 'object',
  properties: {
    answer: { type: 'string', maxLength: 12 },
    score: { type: 'integer', minimum: 0, maximum: 10 },
    sure: { type: 'boolean' },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 2 },
  },
  required: ['answer', 'score', 'sure', 'tags'],
  additionalProperties: false,
};
const FORMAT = { type: 'json_schema' as const, json_schema: { name: 'opinion', strict: true, schema: SCHEMA } };
const TOLD = { token: 'So', logprob: -0.25, bytes: [83, 111], top_logprobs: [{ token: 'So', logprob: -0.25, bytes: [83, 111] }] };

interface Received {
  readonly path: string | undefined;
  readonly body: Record<string, unknown>;
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return JSON.parse(text) as Record<string, unknown>;
}

describe("OpenAI's own client", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-demands-'));
  const received: Received[] = [];
  let server: RunningServer;
  let client: OpenAI;
  const remote = createServer((request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end();
    void readBody(request).then((body) => {
      received.push({ path: request.url, body });
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      const choice = { index: 0, delta: { content: 'So' }, logprobs: { content: [TOLD] } };
      response.end(`${event({ choices: [choice] })}${chatEvent(null, 'stop')}data: [DONE]\n\n`);
    });
  });

  beforeAll(async () => {
    remote.listen(0, '127.0.0.1');
    await once(remote, 'listening');
    const endpoint = `127.0.0.1:${(remote.address() as { port: number }).port}`;
    const models = [
      { id: LOCAL, name: 'Tandem tiny chat', endpoint: 'local:sft/tandem-tiny-chat.gguf' },
      { name: 'remote', endpoint, protocol: 'openai-chat', model: 'm' },
      { name: 'plain', endpoint, protocol: 'text', path: '/generate' },
    ];
    server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS, BASELINE_MODELS: JSON.stringify(models) });
    client = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  afterAll(async () => {
    await server.stop();
    remote.closeAllConnections();
    remote.close();
    rmSync(folder, { recursive: true });
  });

  const isValid = new Ajv2020({ strict: false }).compile(SCHEMA);

  it.each([1, 2])('gets JSON under a schema from a local model, whole and in a stream (seed %d)', async (seed) => {
    const asked = { model: LOCAL, messages: HI, response_format: FORMAT, seed, temperature: 1.5, max_tokens: 900 };
    const { choices } = await client.chat.completions.create(asked);
    expect(choices[0]?.finish_reason).toBe('stop');
    const whole = choices[0]?.message.content ?? '';
    expect([whole, isValid(JSON.parse(whole))]).toEqual([whole, true]);
    let streamed = '';
    for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) streamed += chunk.choices[0]?.delta.content ?? '';
    expect(streamed).toBe(whole);
  });

  it('gets a JSON object of any shape from a local model', async () => {
    const { choices } = await client.chat.completions.create({
      model: LOCAL,
      messages: HI,
      response_format: { type: 'json_object' },
      seed: 2,
      max_tokens: 400,
    });
    const text = choices[0]?.message.content ?? '';
    expect(text).toMatch(/^\{/);
    if (choices[0]?.finish_reason === 'stop') expect(typeof JSON.parse(text)).toBe('object');
  });

  it('is told where a schema is more than a grammar can say', async () => {
    const schema = { type: 'object', properties: { mail: { type: 'string', pattern: '@' } } };
    const refused = client.chat.completions.create({
      model: LOCAL,
      messages: HI,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      stream: true,
    });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      param: 'response_format',
      type: 'invalid_request_error',
      message: expect.stringContaining('/properties/mail'),
    });
  });

  it('has all that it demands passed on to a model server that can take it', async () => {
    received.length = 0;
    const { choices } = await client.chat.completions.create({
      model: 'remote',
      messages: HI,
      response_format: FORMAT,
      logprobs: true,
      top_logprobs: 1,
      presence_penalty: 1.5,
      frequency_penalty: -0.5,
      stop: ['a', 'b'],
    });
    expect(received).toMatchObject([
      {
        path: '/v1/chat/completions',
        body: { response_format: FORMAT, logprobs: true, top_logprobs: 1, presence_penalty: 1.5, frequency_penalty: -0.5, stop: ['a', 'b'] },
      },
    ]);
    expect(choices[0]?.logprobs).toEqual({ content: [TOLD], refusal: null });
  });

  it.each([
    ['response_format', { response_format: { type: 'json_object' } }],
    ['logprobs', { logprobs: true }],
    ['presence_penalty', { presence_penalty: 1 }],
    ['frequency_penalty', { frequency_penalty: 1 }],
  ] as const)('is told that a model server has nothing for %s', async (param, demand) => {
    for (const stream of [false, true]) {
      const refused = client.chat.completions.create({ model: 'plain', messages: HI, stream, ...demand } as OpenAI.ChatCompletionCreateParams);
      await expect(refused).rejects.toMatchObject({ status: 400, param, code: 'invalid_request' });
    }
  });

  it('is told how likely the tokens of a chat were, whole and in a stream', async () => {
    const asked = { model: LOCAL, messages: HI, logprobs: true, top_logprobs: 2, temperature: 0, max_tokens: 12 };
    const { choices } = await client.chat.completions.create(asked);
    const tokens = choices[0]?.logprobs?.content ?? [];
    expect(tokens.map(({ token }) => token).join('')).toBe(choices[0]?.message.content);
    expect(tokens.every(({ bytes, top_logprobs: others, logprob }) => bytes !== null && others.length === 2 && logprob <= 0)).toBe(true);
    const streamed = [];
    let text = '';
    for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) {
      streamed.push(...(chunk.choices[0]?.logprobs?.content ?? []));
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(streamed).toEqual(tokens);
    expect(text).toBe(choices[0]?.message.content);
    const plain = await client.chat.completions.create({ ...asked, logprobs: false, top_logprobs: 0 });
    expect(plain.choices[0]?.logprobs).toBeNull();
  });

  it("is told so in the older completions' shape, with the places of the tokens", async () => {
    const asked = { model: BASE, prompt: 'The river', logprobs: 2, temperature: 0, max_tokens: 8 };
    const { choices } = await client.completions.create(asked);
    const { tokens = [], token_logprobs: logprobs = [], top_logprobs: others = [], text_offset: places = [] } = choices[0]?.logprobs ?? {};
    const text = choices[0]?.text ?? '';
    expect(tokens.join('')).toBe(text);
    expect(places.map((place, index) => text.slice(place, place + (tokens[index]?.length ?? 0)))).toEqual(tokens);
    expect(others.map((top, index) => top[tokens[index] ?? ''])).toEqual(logprobs);
    const streamed: number[] = [];
    for await (const chunk of await client.completions.create({ ...asked, stream: true })) streamed.push(...(chunk.choices[0]?.logprobs?.text_offset ?? []));
    expect(streamed).toEqual(places);
  });

  it('has a prompt continued as it is, without a chat template', async () => {
    const [raw, turn] = await Promise.all([
      client.completions.create({ model: LOCAL, prompt: 'The river', max_tokens: 4 }),
      client.chat.completions.create({ model: LOCAL, messages: [{ role: 'user', content: 'The river' }], max_tokens: 4 }),
    ]);
    expect(raw.usage?.prompt_tokens).toBeLessThan(turn.usage?.prompt_tokens ?? 0);
    received.length = 0;
    await client.completions.create({ model: 'remote', prompt: 'The river' });
    expect(received).toMatchObject([{ path: '/v1/completions', body: { prompt: 'The river' } }]);
  });

  it.each([
    ['chat', false],
    ['chat', true],
    ['text', false],
  ] as const)('ends an answer before any of several stop strings (%s, stream: %s)', async (kind, stream) => {
    const asked = { model: LOCAL, temperature: 0, max_tokens: 60 };
    const textOf = async (stop: string[]): Promise<string> => {
      if (kind === 'text') return (await client.completions.create({ ...asked, prompt: 'The river', stop })).choices[0]?.text ?? '';
      if (!stream) return (await client.chat.completions.create({ ...asked, messages: HI, stop })).choices[0]?.message.content ?? '';
      let text = '';
      for await (const chunk of await client.chat.completions.create({ ...asked, messages: HI, stop, stream: true }))
        text += chunk.choices[0]?.delta.content ?? '';
      return text;
    };
    const whole = await textOf([]);
    const [late, early] = [0.6, 0.3].map((share) => Math.floor(share * whole.length)).map((at) => whole.slice(at, at + 4)) as [string, string];
    const cut = await textOf(['never said', late, early]);
    expect(cut).toBe(whole.slice(0, Math.min(whole.indexOf(late), whole.indexOf(early))));
  });
});
