import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  responseHead,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import type { Protocol } from '@tandem/shared/contracts';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();

const LINES_HEAD = responseHead(200, { 'Content-Type': 'application/x-ndjson', 'Transfer-Encoding': 'chunked' });
const TEXT_HEAD = responseHead(200, { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' });
const line = (document: unknown) => `${JSON.stringify(document)}\n`;
const chatLine = (content: string) => line({ message: { role: 'assistant', content }, done: false });
const token = (text: string) => event({ index: 1, token: { id: 1, text, special: false }, generated_text: null });

interface Case {
  readonly protocol: Protocol;
  readonly head: string;
  readonly tokens: readonly string[];
  readonly end: string;
  readonly failure: string;
}

const CASES: readonly Case[] = [
  {
    protocol: 'ollama',
    head: LINES_HEAD,
    tokens: ['a', '🦙', 'c'].map(chatLine),
    end: line({ message: { content: '' }, done: true, done_reason: 'stop' }),
    failure: line({ error: 'engine died' }),
  },
  {
    protocol: 'tgi',
    head: EVENT_STREAM_HEAD,
    tokens: ['a', '🦙', 'c'].map(token),
    end: event({
      token: { id: 2, text: '</s>', special: true },
      generated_text: 'a🦙c',
      details: { finish_reason: 'eos_token', generated_tokens: 4 },
    }),
    failure: event({ error: 'engine died', error_type: 'generation' }),
  },
  {
    protocol: 'openai-completions',
    head: EVENT_STREAM_HEAD,
    tokens: ['a', '🦙', 'c'].map((text) => event({ choices: [{ index: 0, text, finish_reason: null }] })),
    end: event({ choices: [{ index: 0, text: '', finish_reason: 'stop' }] }) + event('[DONE]'),
    failure: event({ error: { message: 'engine died', code: 500 } }),
  },
  {
    protocol: 'sse',
    head: EVENT_STREAM_HEAD,
    tokens: ['a', '🦙', 'c'].map(event),
    end: 'event: end\ndata: x\n\n',
    failure: 'event: error\ndata: engine died\n\n',
  },
  {
    protocol: 'sse',
    head: LINES_HEAD,
    tokens: ['a', '🦙', 'c'].map((text) => line({ token: text })),
    end: '',
    failure: line({ detail: 'engine died' }),
  },
  { protocol: 'text', head: TEXT_HEAD, tokens: ['a', '🦙', 'c'], end: '', failure: '' },
];

type Ending = 'good' | 'cut' | 'failure';

async function answerOf({ protocol, head, tokens, end, failure }: Case, ending: Ending, bytewise = false) {
  const server = await startMisbehavingServer(async (connection) => {
    await connection.write(head);
    const body = Buffer.from(tokens.join('') + { good: end, cut: '', failure }[ending]);
    for (const piece of bytewise ? Array.from(body, (byte) => Uint8Array.of(byte)) : [body]) {
      if (piece.length > 0) await connection.write(chunk(piece));
    }
    if (ending === 'cut') connection.close();
    else await connection.write(LAST_CHUNK);
  });
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol }, client);
  const sink = collect();
  const outcome = await source.complete(completionRequest(), sink, patient()).catch((error: unknown) => error);
  return { sink, outcome };
}

describe.each(CASES.map((subject) => [`${subject.protocol} over ${/Type: (.*)\r/.exec(subject.head)?.[1] ?? ''}`, subject] as const))(
  'An answer as %s',
  (_, subject) => {
    it.each([false, true])('is complete when the server says so, byte by byte: %s', async (bytewise) => {
      const { sink, outcome } = await answerOf(subject, 'good', bytewise);
      expect(outcome).toMatchObject({ finishReason: 'stop' });
      expect(sink.answer).toBe('a🦙c');
    });

    it('that is cut is incomplete, with exactly what came', async () => {
      const { sink, outcome } = await answerOf(subject, 'cut');
      expect(outcome).toMatchObject({ code: 'upstream_incomplete', retryable: true });
      expect(sink.answer).toBe('a🦙c');
    });

    if (subject.failure !== '') {
      it('that fails in its middle says why, with exactly what came', async () => {
        const { sink, outcome } = await answerOf(subject, 'failure');
        expect(outcome).toMatchObject({ code: 'upstream_error', message: expect.stringContaining('engine died') });
        expect(sink.answer).toBe('a🦙c');
      });
    }
  },
);

describe('Plain text that ends with its connection only', () => {
  it('is not taken for complete: a server that died looks the same', async () => {
    const head = responseHead(200, { 'Content-Type': 'text/plain', Connection: 'close' });
    const server = await startMisbehavingServer(async (connection) => {
      await connection.write(`${head}a`);
      connection.close();
    });
    closeLater(() => server.close());
    const client = new UpstreamClient(UNHURRIED);
    closeLater(() => client.destroy());
    const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'text' }, client);
    const sink = collect();
    await expect(source.complete(completionRequest(), sink, patient())).rejects.toMatchObject({
      code: 'upstream_incomplete',
    });
    expect(sink.answer).toBe('a');
  });
});

describe('The key', () => {
  const KEY = 'sk-canary-0123456789';
  const json = (status: number) => wholeResponse(status, 'application/json', JSON.stringify({ error: { message: `no: ${KEY}` } }));

  it.each([
    ['a refusal', json(401)],
    ['a failure', json(500)],
    ['a failure with HTTP 200', json(200)],
    ['a redirect', responseHead(307, { Location: `http://127.0.0.1:1/?k=${KEY}`, 'Content-Length': '0' })],
    ['an event', EVENT_STREAM_HEAD + chunk(event({ error: `no: ${KEY}` })).toString() + LAST_CHUNK],
    ['words that are not HTTP', `HTTQ ${KEY}`],
  ])('stands in no fault after %s', async (_, bytes) => {
    const server = await startMisbehavingServer((connection) => connection.write(bytes));
    closeLater(() => server.close());
    const client = new UpstreamClient(UNHURRIED);
    closeLater(() => client.destroy());
    const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', apiKey: KEY }, client);
    const fault: unknown = await source.complete(completionRequest(), collect(), patient()).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'Fault' });
    const { message, toFrameError } = fault as Error & { toFrameError(): object };
    expect(`${message} ${JSON.stringify(toFrameError.call(fault))}`).not.toContain('canary');
  });
});

guardLeaks();
