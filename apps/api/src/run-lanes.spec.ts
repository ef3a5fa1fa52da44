import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chatEvent, closeAfterEach, eventually, until } from '@tandem/testing';
import { RunsOf } from './testing/runs';
import { startServer } from './testing/start-server';

const MODEL = 'busy';
/** What is answered to prompts that get no answer; to one only the first time. */
const STATUSES: Readonly<Record<string, number>> = { refuse: 400, later: 503, never: 429 };
const defer = closeAfterEach();

/** A server that holds what runs ask until the test lets go, refuses some at first, and answers people at once. */
async function startModel() {
  const held = new Set<ServerResponse>();
  const asked: { readonly prompt: string; readonly atMs: number }[] = [];
  let isOpen = false;
  const finish = (response: ServerResponse): void => void response.end(`${chatEvent('Well.')}${chatEvent(null, 'stop')}data: [DONE]\n\n`);
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'GET')
      return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ object: 'list', data: [{ id: MODEL }] }));
    const prompt = (JSON.parse(body) as { messages: { content: string }[] }).messages.at(-1)?.content ?? '';
    const isFirst = !asked.some((earlier) => earlier.prompt === prompt);
    asked.push({ prompt, atMs: performance.now() });
    const status = STATUSES[prompt];
    if (status !== undefined && (prompt !== 'later' || isFirst)) {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '1' });
      return void response.end(JSON.stringify({ error: { message: 'not now' } }));
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    if (isOpen || prompt.startsWith('person')) return finish(response);
    held.add(response);
    response.on('close', () => held.delete(response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  defer(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: () => held.size,
    asked,
    letGo: () => {
      isOpen = true;
      for (const response of held) finish(response);
    },
  };
}

async function setup(places: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-lanes-'));
  defer(async () => rmSync(folder, { recursive: true, force: true }));
  const model = await startModel();
  const entry = { id: MODEL, name: MODEL, endpoint: model.endpoint, protocol: 'openai-chat', model: MODEL, ...places };
  const server = await startServer(folder, { BASELINE_MODELS: JSON.stringify([entry]) });
  defer(() => server.stop());
  const runs = new RunsOf(() => server.origin);
  const start = async (...prompts: string[]): Promise<string> => {
    const prompt_set = await runs.keep(prompts.map((prompt) => ({ prompt })));
    return (await runs.start({ baseline: MODEL, derivative: MODEL, prompt_set })).id;
  };
  return { model, server, runs, start };
}

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
/** Answers of one model that runs ask for at once. */
const PER_MODEL = 4;

describe('a run over a checkpoint', () => {
  /** A line of the log about an answer. */
  interface AnswerLine {
    readonly event?: string;
    readonly time: string;
    readonly stream_id: string;
    readonly finish_reason?: string;
    readonly ttft_ms: number;
    readonly total_ms: number;
  }

  it('gives way to a person who asks while it has all places: none of its next items begins before the answer does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-lanes-'));
    defer(async () => rmSync(folder, { recursive: true, force: true }));
    const server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS });
    defer(() => server.stop());
    const runs = new RunsOf(() => server.origin);
    const prompt_set = await runs.keep(Array.from({ length: 3_000 }, (_, n) => ({ prompt: `Tell me about ${n}.` })));
    const pair = { baseline: 'tandem-tiny-chat', derivative: 'tandem-tiny-chat' };
    const { id } = await runs.start({ ...pair, prompt_set, parameters: { max_tokens: 200 } });
    const active = async () => Number(/^tandem_answers_active (\d+)$/m.exec(await (await fetch(`${server.origin}/metrics`)).text())?.[1]);
    await until(async () => (await active()) === PER_MODEL);
    const answer = await fetch(`${server.origin}/stream?model=tandem-tiny-chat&prompt=Hello!&max_tokens=2`);
    expect(await answer.text()).toContain('"finish_reason":');
    expect((await runs.send(`runs/${id}/cancel`, 'POST')).status).toBe(202);
    let lines: AnswerLine[] = [];
    let own: AnswerLine | undefined;
    await until(() => {
      const log = server.log().split('\n').slice(0, -1);
      lines = log.map((line) => JSON.parse(line) as AnswerLine).filter(({ event }) => event === 'answer');
      return (own = lines.find(({ stream_id }) => stream_id === answer.headers.get('x-stream-id'))) !== undefined;
    });
    const { time, total_ms, ttft_ms } = own as AnswerLine;
    const askedAt = Date.parse(time) - total_ms;
    const begunAt = askedAt + ttft_ms;
    const meanwhile = lines.filter((line) => line.finish_reason !== 'cancelled' && Date.parse(line.time) > askedAt && Date.parse(line.time) < begunAt);
    // those that were on the way
    expect(meanwhile.length).toBeLessThanOrEqual(PER_MODEL);
  });
});

describe('a run', () => {
  it('gives way to a person who waits for the same model, and does its work later', async () => {
    const { model, server, runs, start } = await setup({ max_concurrency: 1 });
    const id = await start('one', 'two', 'three');
    await until(() => model.held() === 1);
    const answer = await fetch(`${server.origin}/stream?model=${MODEL}&prompt=person`);
    expect(await answer.text()).toContain('"finish_reason":"stop"');
    model.letGo();
    const run = await runs.over(id);
    expect([run.state, run.counts]).toEqual(['done', { total: 3, queued: 0, done: 3, failed: 0 }]);
    expect((await runs.items(id)).flatMap(({ answers }) => Object.values(answers as object).map(({ tries }: { tries: number }) => tries))).toEqual(
      Array(6).fill(1),
    );
  });

  it('begins nothing while it is paused, goes on when it is resumed, and stops its models when it is cancelled', async () => {
    const { model, runs, start } = await setup();
    const id = await start(...Array.from({ length: 40 }, (_, n) => `prompt ${n}`));
    await until(() => model.held() === 4);
    expect((await runs.send(`runs/${id}/resume`, 'POST')).status).toBe(409);
    expect((await runs.send(`runs/${id}`, 'DELETE')).status).toBe(409);
    expect((await runs.send(`runs/${id}/pause`, 'POST')).status).toBe(202);
    expect((await runs.get(id)).state).toBe('paused');
    expect((await runs.send(`runs/${id}/resume`, 'POST')).status).toBe(202);
    expect((await runs.send(`runs/${id}/cancel`, 'POST')).status).toBe(202);
    await until(() => model.held() === 0);
    await eventually(async () => {
      const run = await runs.get(id);
      expect([run.state, run.counts.done]).toEqual(['cancelled', 0]);
    });
    expect((await runs.send(`runs/${id}/pause`, 'POST')).status).toBe(409);
    expect((await runs.send(`runs/${id}`, 'DELETE')).status).toBe(200);
  });

  it('keeps what was asked when it is paused, and asks only the rest when it goes on', async () => {
    const { model, runs, start } = await setup();
    const id = await start(...Array.from({ length: 30 }, (_, n) => `prompt ${n}`));
    await until(() => model.held() === 4);
    await runs.send(`runs/${id}/pause`, 'POST');
    model.letGo();
    // twelve were begun
    await until(async () => (await runs.get(id)).counts.done === 12);
    expect((await runs.get(id)).state).toBe('paused');
    await runs.send(`runs/${id}/resume`, 'POST');
    expect((await runs.over(id)).counts.done).toBe(30);
    expect(model.asked).toHaveLength(60);
  });

  it('tries again what may come to be, when the server said, and keeps the fault of the rest', async () => {
    const { model, runs, start } = await setup();
    model.letGo();
    const id = await start('later', 'refuse', 'fine');
    const run = await runs.over(id);
    expect([run.state, run.counts]).toEqual(['done', { total: 3, queued: 0, done: 2, failed: 1 }]);
    const [failed] = await runs.items(id, '&filter=failed');
    expect(failed).toMatchObject({ prompt: 'refuse', state: 'failed', answers: { baseline: { error: { code: 'upstream_rejected' }, tries: 1 } } });
    const times = model.asked.filter(({ prompt }) => prompt === 'later').map(({ atMs }) => atMs);
    expect(times).toHaveLength(3);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
  });

  it('tries five times at most, and never sooner than the server says', async () => {
    const { model, runs, start } = await setup();
    const id = await start('never');
    const run = await runs.over(id);
    expect([run.state, run.counts.failed]).toEqual(['done', 1]);
    expect(await runs.items(id)).toMatchObject([{ answers: { baseline: { error: { code: 'upstream_rate_limited' }, tries: 5 }, derivative: { tries: 5 } } }]);
    // both sides are of one model, which is left alone while its server says so
    expect(model.asked.length).toBeLessThanOrEqual(10);
    const times = model.asked.map(({ atMs }) => atMs);
    for (let n = 2; n < times.length; n += 1) expect((times[n] ?? 0) - (times[n - 2] ?? 0)).toBeGreaterThan(900);
  });
});
