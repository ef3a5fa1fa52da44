import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatEvent, closeAfterEach, event, eventually, ggufBytes, share, slowLlama, until } from '@tandem/testing';
import OpenAI, { APIError, AuthenticationError, InternalServerError, RateLimitError } from 'openai';
import { startHeldModel } from './testing/held-model';
import { startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const LOCAL = 'sft/tandem-tiny-chat.gguf';
const SLOW = 'slow.gguf';
const HI = [{ role: 'user' as const, content: 'Hi' }];

type Script = (response: ServerResponse, request: IncomingMessage) => void;

const sse =
  (...events: string[]): Script =>
  (response) =>
    void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(events.join(''));

describe("OpenAI's own client, in operation,", () => {
  const closing = closeAfterEach();
  const folder = mkdtempSync(join(tmpdir(), 'tandem-operations-'));

  beforeAll(() => {
    cpSync(CHECKPOINTS, folder, { recursive: true });
    writeFileSync(join(folder, SLOW), ggufBytes(slowLlama()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function setup(models: readonly object[], environment: Record<string, string> = {}, later = closing) {
    const server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(models), ...environment });
    later(() => server.stop());
    const client = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'none', maxRetries: 0 });
    return { server, client };
  }

  /** A model server that answers every completion as the test says. */
  async function modelServer(script: Script, later = closing): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      if (request.method === 'POST') script(response, request);
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    later(() => {
      server.closeAllConnections();
      server.close();
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** For those who leave it as it was. */
  const shared = share(async (later) => {
    const thought = event({ choices: [{ index: 0, delta: { reasoning_content: 'Hm.' } }] });
    const thinker = await modelServer(sse(thought, chatEvent('Yes'), chatEvent(null, 'stop'), 'data: [DONE]\n\n'), later);
    const busy: Script = (response) =>
      response.writeHead(429, { 'Content-Type': 'application/json', 'Retry-After': '7' }).end('{"error":{"message":"slow down"}}');
    const servers = { thinker, 'busy-whole': await modelServer(busy, later), 'busy-streamed': await modelServer(busy, later) };
    return setup(
      Object.entries(servers).map(([name, endpoint]) => ({ name, endpoint, protocol: 'openai-chat', model: 'm' })),
      {},
      later,
    );
  });

  it('is refused without the right token, and served with it', async () => {
    const { server, client } = await setup([], { ACCESS_TOKENS: 'a-right-token' });
    for (const refused of [client.models.list(), client.chat.completions.create({ model: LOCAL, messages: HI, stream: true })]) {
      await expect(refused).rejects.toBeInstanceOf(AuthenticationError);
      await expect(refused).rejects.toMatchObject({ status: 401, type: 'authentication_error', code: 'unauthorized' });
    }
    const known = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'a-right-token' });
    expect((await known.models.list()).data.map(({ id }) => id)).toContain(LOCAL);
  });

  it('is told when to come back by the rate limit, and by a model server that has too many requests', async () => {
    const { client: limited } = await setup([], { RATE_LIMIT_PER_MINUTE: '1' });
    await limited.models.list();
    const failure = await limited.models.list().catch((error: unknown) => error as APIError);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ status: 429, type: 'rate_limit_error', code: 'rate_limited' });
    expect(Number((failure as APIError).headers?.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each([false, true])('is told when a model server has too many requests, and when to come back (stream: %s)', async (stream) => {
    const { client } = shared();
    // one that refused is left alone until it may be asked again
    const model = stream ? 'busy-streamed' : 'busy-whole';
    const failure = (await client.chat.completions.create({ model, messages: HI, stream }).catch((error: unknown) => error)) as APIError;
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ status: 429, type: 'rate_limit_error', code: 'upstream_rate_limited' });
    expect(failure.headers?.get('retry-after')).toBe('7');
  });

  it('is told that there is no place in a queue, and comes back by itself', async () => {
    const held = await startHeldModel();
    closing(() => held.close());
    const { server, client } = await setup([
      { name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held', max_concurrency: 1, max_waiting: 0 },
    ]);
    const first = client.chat.completions.create({ model: 'held', messages: HI });
    first.catch(() => undefined);
    await until(() => held.asked() === 1);
    const failure = (await client.chat.completions.create({ model: 'held', messages: HI }).catch((error: unknown) => error)) as APIError;
    expect(failure).toBeInstanceOf(InternalServerError);
    expect(failure).toMatchObject({ status: 503, type: 'server_error', code: 'queue_full' });
    expect(Number(failure.headers?.get('retry-after'))).toBeGreaterThan(0);
    const patient = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'none', maxRetries: 5 });
    const second = patient.chat.completions.create({ model: 'held', messages: HI });
    held.finish();
    expect((await first).choices[0]?.message.content).toBe('So far');
    expect((await second).choices[0]?.message.content).toBe('So far');
  });

  it('gets the rest of its answer from a server that leaves, and is sent elsewhere with what is new', async () => {
    const held = await startHeldModel();
    closing(() => held.close());
    const { server, client } = await setup([{ name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held' }], {
      SHUTDOWN_GRACE_SECONDS: '100',
    });
    const stream = await client.chat.completions.create({ model: 'held', messages: HI, stream: true });
    server.signal('SIGTERM');
    await until(async () => (await fetch(`${server.origin}/readyz`)).status === 503);
    const refused = (await client.chat.completions.create({ model: 'held', messages: HI }).catch((error: unknown) => error)) as APIError;
    expect(refused).toMatchObject({ status: 503, type: 'server_error', code: 'server_restarting' });
    expect(Number(refused.headers?.get('retry-after'))).toBeGreaterThan(0);
    held.finish();
    let text = '';
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
    expect(text).toBe('So far');
    expect(await server.exit).toBe(0);
  });

  it('throws when a server that leaves cuts its answer off', async () => {
    const held = await startHeldModel();
    closing(() => held.close());
    const { server, client } = await setup([{ name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held' }], {
      SHUTDOWN_GRACE_SECONDS: '1',
    });
    const stream = await client.chat.completions.create({ model: 'held', messages: HI, stream: true });
    let text = '';
    const reading = (async () => {
      for await (const { choices } of stream) {
        const piece = choices[0]?.delta.content ?? '';
        text += piece;
        if (piece === 'So ') server.signal('SIGTERM');
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'server_restarting', type: 'server_error' });
    expect(text).toBe('So ');
  });

  it("keeps a thinking model's thoughts apart from its answer", async () => {
    const { client } = shared();
    const asked = { model: 'thinker', messages: HI };
    const { choices } = await client.chat.completions.create(asked);
    expect(choices[0]?.message).toMatchObject({ content: 'Yes', reasoning_content: 'Hm.' });
    const deltas: object[] = [];
    for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) deltas.push(chunk.choices[0]?.delta ?? {});
    expect(deltas).toEqual([{ role: 'assistant', content: '' }, { reasoning_content: 'Hm.' }, { content: 'Yes' }, {}]);
    expect((await client.completions.create({ model: 'thinker', prompt: 'Hi' })).choices[0]?.text).toBe('Yes');
  });

  it('is told what a local answer took, at the end of its stream and only when it asks for that', async () => {
    const { client } = shared();
    const asked = { model: LOCAL, messages: HI, max_tokens: 5, temperature: 0, stream: true } as const;
    const usages: unknown[] = [];
    for await (const { usage } of await client.chat.completions.create({ ...asked, stream_options: { include_usage: true } })) usages.push(usage);
    expect(usages.slice(0, -1).every((usage) => usage === null)).toBe(true);
    // it may have less to say
    expect([1, 2, 3, 4, 5]).toContain((usages.at(-1) as OpenAI.CompletionUsage).completion_tokens);
    for await (const chunk of await client.chat.completions.create(asked)) expect(chunk).not.toHaveProperty('usage');
  });

  it.each([false, true])('stops a local answer when it leaves (stream: %s)', async (stream) => {
    const { server, client } = shared();
    const generations = async () =>
      ((await (await fetch(`${server.origin}/api/models/${SLOW}/status`)).json()) as { active_generations: number }).active_generations;
    /** Those that ended so, and not by themselves. */
    const stopped = async () => {
      const series = `tandem_answers_total{model="${SLOW}",outcome="cancelled"} `;
      const lines = (await (await fetch(`${server.origin}/metrics`)).text()).split('\n');
      return Number(lines.find((line) => line.startsWith(series))?.slice(series.length) ?? 0);
    };
    await client.chat.completions.create({ model: SLOW, messages: HI, max_tokens: 1 });
    const leaving = new AbortController();
    const asked = client.chat.completions.create({ model: SLOW, messages: HI, max_tokens: 3_900, stream }, { signal: leaving.signal });
    const settled = asked.then(
      () => undefined,
      () => undefined,
    );
    await until(async () => (await generations()) === 1);
    const stoppedBefore = await stopped();
    leaving.abort();
    await eventually(async () => {
      expect(await generations()).toBe(0);
      expect(await stopped()).toBe(stoppedBefore + 1);
    });
    await settled;
  });
});
