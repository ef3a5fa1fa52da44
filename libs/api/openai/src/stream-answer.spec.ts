import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CompletionSink, Run } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { closeAfterEach } from '@tandem/testing';
import type { Response } from 'express';
import OpenAI from 'openai';
import { AnswerChunks } from './answer-chunks';
import { CHAT } from './answer-shape';
import { streamAnswer } from './stream-answer';

const closing = closeAfterEach();
/** More than a socket's buffers take on this machine. */
const PIECE = 'x'.repeat(100_000);
const PIECES = 120;
const PING_MS = 20;

interface Work {
  readonly sink: CompletionSink;
  readonly end: () => void;
  readonly fail: (fault: Fault) => void;
  readonly signal: AbortSignal;
}

/** A server whose answers a test makes, each as soon as it is asked for. */
async function setup(pingMs?: number) {
  const responses: ServerResponse[] = [];
  let onWork: (work: Work) => void;
  const begun = new Promise<Work>((resolve) => (onWork = resolve));
  const source = {
    complete: (_: unknown, sink: CompletionSink, signal: AbortSignal) =>
      new Promise((resolve, reject) => onWork({ sink, signal, end: () => resolve({ finishReason: 'stop' }), fail: reject })),
  };
  const server = createServer((_request, response) => {
    responses.push(response);
    const run = new Run({ card: { id: 'm' }, source, defaults: {} } as never, { messages: [], parameters: {} });
    streamAnswer(run, new AnswerChunks(run, { shape: CHAT, base: {}, wantsUsage: false }), response as Response, pingMs)
      .then(() => response.end())
      .catch((fault: Fault) => response.writeHead(fault.status).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing(() => server.closeAllConnections());
  closing(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const read = (): Promise<IncomingMessage> =>
    new Promise((resolve) =>
      ask({ port, agent: false, method: 'POST' }, resolve)
        .on('error', () => undefined)
        .end(),
    );
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'none', maxRetries: 0 });
  return { begun, read, client, responses };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  return text;
}

const asked: OpenAI.ChatCompletionCreateParamsStreaming = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true };

describe('a stream for an OpenAI client', () => {
  it('keeps nothing for one that does not read but what the system takes, and loses nothing of it', async () => {
    const { begun, read, responses } = await setup();
    const reading = read();
    const { sink, end } = await begun;
    sink.text(PIECE);
    const answer = await reading;
    answer.pause();
    for (let n = 1; n < PIECES; n++) {
      sink.text(PIECE);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [response] = responses;
    const waiting = (response?.socket?.writableLength ?? 0) + (response?.writableLength ?? 0);
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan((PIECES * PIECE.length) / 4);
    end();
    const text = await textOf(answer);
    expect(text.match(/x{100000}/g)).toHaveLength(PIECES);
    expect(text).toMatch(/"finish_reason":"stop".*\n\ndata: \[DONE\]\n\n$/);
  });

  it('has comments in its silence, which the client does not take for text', async () => {
    const { begun, client, read } = await setup(PING_MS);
    const reading = (async () => {
      let text = '';
      for await (const { choices } of await client.chat.completions.create(asked)) text += choices[0]?.delta.content ?? '';
      return text;
    })();
    const { sink, end } = await begun;
    sink.phase('loading', { progress: 0.5 });
    sink.text('So ');
    const raw = await read();
    let seen = '';
    for await (const piece of raw.setEncoding('utf8')) {
      seen += piece;
      if (seen.split(': ping\n').length > 2) break;
    }
    sink.text('far');
    end();
    expect(await reading).toBe('So far');
  });

  it.each([true, false])('that fails before its first text has a status of its own (while it waits: %s)', async (isWaiting) => {
    const { begun, client } = await setup();
    const reading = client.chat.completions.create(asked);
    const { sink, fail } = await begun;
    if (isWaiting) sink.phase('loading', { progress: 0 });
    fail(new Fault('model_invalid', 'No.'));
    await expect(reading).rejects.toMatchObject({ status: 422 });
  });

  it('ends the work when the client leaves, also before the first text', async () => {
    const { begun, client } = await setup();
    const leaving = new AbortController();
    const reading = client.chat.completions.create(asked, { signal: leaving.signal });
    const { signal } = await begun;
    leaving.abort();
    await expect(reading).rejects.toThrow();
    if (!signal.aborted) await once(signal, 'abort');
    expect(signal.aborted).toBe(true);
  });
});
