import { jest } from '@jest/globals';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  closeAfterEach,
  chatEvent,
  chunk,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  responseHead,
  type Script,
  startMisbehavingServer,
} from '@tandem/testing';
import { DEFAULT_DEADLINES, type Deadlines } from '../connection/deadlines';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import { RemoteSource } from './remote-source';
import { UpstreamClient } from '../connection/upstream-client';
import { UNHURRIED } from '../testing/unhurried';

const closeLater = closeAfterEach();

async function setup(script: Script, options: { remote?: Partial<RemoteEndpoint>; deadlines?: Partial<Deadlines> } = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...options.deadlines });
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...options.remote }, client);
  const sink = collect();
  const stopper = new AbortController();
  const complete = (prompt?: string) => source.complete(completionRequest(prompt), sink, stopper.signal);
  return { server, client, source, sink, stopper, complete };
}

/** A server that streams these bytes in good order. */
function streaming(...parts: (string | Uint8Array)[]): Script {
  return async (connection) => {
    await connection.write(EVENT_STREAM_HEAD);
    for (const part of parts) await connection.write(chunk(part));
    await connection.write(LAST_CHUNK);
  };
}

const DONE = event('[DONE]');

describe('RemoteSource', () => {
  it('delivers the text in order and ends with what the server said', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 };
    const { sink, complete } = await setup(
      streaming(chatEvent(''), chatEvent('Hel'), chatEvent('lo'), chatEvent(null, 'stop'), event({ choices: [], usage }), DONE),
    );
    await expect(complete()).resolves.toEqual({ finishReason: 'stop', usage });
    expect(sink.pieces).toEqual(['Hel', 'lo']);
  });

  it('keeps an emoji whole wherever the wire splits it', async () => {
    const text = '🦙 é 👩‍👩‍👧';
    const bytes = Buffer.from(chatEvent(text));
    const { sink, complete } = await setup(streaming(...Array.from(bytes, (byte) => Uint8Array.of(byte)), chatEvent(null, 'stop'), DONE));
    await complete();
    expect(sink.answer).toBe(text);
  });

  it('uses one connection for one request after the other', async () => {
    const whole = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + DONE), Buffer.from(LAST_CHUNK)]);
    const { server, complete } = await setup((connection) => connection.write(whole));
    await complete();
    // The client takes a connection back one turn of the event loop after its answer.
    await new Promise((resolve) => setImmediate(resolve));
    await complete();
    expect(server.openConnections).toBe(1);
  });

  it('sends every sampling value, the model and the key, and asks for no compression', async () => {
    const { server, complete } = await setup(streaming(chatEvent('a', 'stop')), { remote: { apiKey: 'sk-test-key' } });
    await complete('Hi');
    const [head, body] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(head).toMatch(/^POST \/v1\/chat\/completions HTTP/);
    expect(head?.toLowerCase()).toContain('authorization: bearer sk-test-key');
    expect(head?.toLowerCase()).toContain('accept-encoding: identity');
    expect(JSON.parse(body ?? '')).toMatchObject({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      temperature: 0.7,
      top_p: 0.9,
      top_k: 50,
      repetition_penalty: 1.1,
      repeat_penalty: 1.1,
      max_tokens: 512,
      seed: 7,
    });
  });

  describe('when the stream breaks', () => {
    it.each([0, 1, 3])('delivers exactly the %d tokens before a cut and calls the answer incomplete', async (tokens) => {
      const { sink, complete } = await setup(async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        for (let n = 0; n < tokens; n++) await connection.write(chunk(chatEvent(`t${n}`)));
        await connection.write(chunk('data: {"choices":[{"delta":{"content":"lost'));
        connection.reset();
      });
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete', retryable: true });
      expect(sink.pieces).toEqual(Array.from({ length: tokens }, (_, n) => `t${n}`));
    });

    it('calls an answer incomplete whose connection was closed inside a chunk', async () => {
      const { sink, complete } = await setup(async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        await connection.write(chunk(chatEvent('a')));
        await connection.write('ff\r\ndata: {"choices":[{"delta":{"content":"lost');
        connection.close();
      });
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete', retryable: true });
      expect(sink.pieces).toEqual(['a']);
    });

    it('calls an answer incomplete whose connection was closed without a length', async () => {
      const { sink, complete } = await setup(async (connection) => {
        await connection.write(responseHead(200, { 'Content-Type': 'text/event-stream' }) + chatEvent('a') + 'data: {"choices":[{"del');
        connection.close();
      });
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
      expect(sink.pieces).toEqual(['a']);
    });

    it('takes [DONE] alone for no proof', async () => {
      const { complete } = await setup(streaming(chatEvent('a'), DONE));
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
    });

    it('takes a finish reason without [DONE] for proof', async () => {
      const { complete } = await setup(streaming(chatEvent('a'), chatEvent(null, 'length')));
      await expect(complete()).resolves.toEqual({ finishReason: 'length' });
    });

    it('is complete when the connection breaks after the finish reason', async () => {
      const { complete } = await setup(async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        await connection.write(chunk(chatEvent('a', 'stop')));
        connection.reset();
      });
      await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    });

    it('does not wait for a server that says [DONE] and stays', async () => {
      const { server, complete } = await setup(async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        await connection.write(chunk(chatEvent('a', 'stop') + DONE));
        await connection.closedByClient;
      });
      await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
      expect(server.requests).toHaveLength(1);
    });

    it('ignores what comes after [DONE], also where that came too early', async () => {
      const { sink, complete } = await setup(streaming(chatEvent('a'), DONE, chatEvent('b', 'stop'), DONE));
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
      expect(sink.pieces).toEqual(['a']);
    });

    it('ignores what comes after [DONE], and nothing before it', async () => {
      const { sink, complete } = await setup(
        streaming(chatEvent('a', 'stop'), chatEvent('b'), DONE, chatEvent('c', 'length'), event({ error: { message: 'late' } }), DONE),
      );
      await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
      expect(sink.pieces).toEqual(['a', 'b']);
    });
  });

  describe('when the server reports a failure inside the stream', () => {
    it.each([
      ['an error object before [DONE]', [event({ error: { message: 'engine died', type: 'server_error', code: 500 } }), DONE]],
      ['an error object without [DONE]', [event({ error: { code: 500, message: 'engine died', type: 'server_error' } })]],
      ['an error field of the event', ['error: {"code":500,"message":"engine died","type":"server_error"}\n\n']],
      ['a flat error', [event({ object: 'error', message: 'engine died', code: 500 })]],
      ['a bare error text', [event({ error: 'engine died' })]],
      ['an error with a type beside it', [event({ error: 'engine died', error_type: 'generation' })]],
      ['an error event', ['event: error\ndata: engine died\n\n']],
      ['an error event with a document', ['event: error\ndata: {"message":"engine died"}\n\n']],
    ])('recognises %s', async (_, events) => {
      const { sink, complete } = await setup(streaming(chatEvent('a'), ...events));
      await expect(complete()).rejects.toMatchObject({
        code: 'upstream_error',
        message: expect.stringContaining('engine died'),
      });
      expect(sink.pieces).toEqual(['a']);
    });

    it('delivers the text of the event that also holds the error', async () => {
      const both = { choices: [{ index: 0, delta: { content: 'last' } }], error: { message: 'engine died' } };
      const { sink, complete } = await setup(streaming(event(both)));
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_error' });
      expect(sink.pieces).toEqual(['last']);
    });

    it('calls an event that cannot be read a bad response', async () => {
      const { sink, complete } = await setup(streaming(chatEvent('a'), 'data: {"choices":[{\n\n', chatEvent('b', 'stop')));
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
      expect(sink.pieces).toEqual(['a']);
    });
  });

  describe('when the server is silent', () => {
    /** Sockets and promises go on as ever; only what waits is told that time went by. */
    const holdTime = () => jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
    afterEach(() => jest.useRealTimers());

    it.each([
      ['comments keep coming', ': ping\n\n'],
      ['one event drips in byte by byte', 'x'],
      ['events without any content keep coming', event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })],
    ])('gives up on content although %s', async (_, piece) => {
      const beginning = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a') + (piece === 'x' ? 'data: ' : ''))]);
      holdTime();
      const { server, sink, complete } = await setup((connection) => connection.write(beginning), { deadlines: { silenceMs: 60_000 } });
      const end = expect(complete()).rejects.toMatchObject({ code: 'upstream_idle', retryable: true });
      const connection = await server.arrival(1);
      await sink.untilPieces(1);
      for (let drop = 0; drop < 6; drop++) {
        await connection.write(chunk(piece));
        await jest.advanceTimersByTimeAsync(10_000);
      }
      await end;
      expect(sink.pieces).toEqual(['a']);
    });

    it('never cuts an answer of half an hour that says a word every ten seconds, and one that stops saying any', async () => {
      holdTime();
      const { server, sink, complete } = await setup((connection) => connection.write(EVENT_STREAM_HEAD), { deadlines: DEFAULT_DEADLINES });
      const end = complete();
      let isOver = false;
      void end.catch(() => undefined).then(() => (isOver = true));
      const connection = await server.arrival(1);
      for (let word = 1; word <= 180; word++) {
        await connection.write(chunk(chatEvent(`${word} `)));
        await sink.untilPieces(word);
        await jest.advanceTimersByTimeAsync(10_000);
      }
      expect([isOver, sink.pieces.length]).toEqual([false, 180]);
      await jest.advanceTimersByTimeAsync(111_000);
      await expect(end).rejects.toMatchObject({ code: 'upstream_idle' });
    });

    it('gives up on headers that never come, and closes the connection', async () => {
      let closed: Promise<void> = Promise.resolve();
      const { complete } = await setup((connection) => void (closed = connection.closedByClient), {
        deadlines: { headersMs: 60 },
      });
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_timeout', retryable: true });
      await closed;
    });

    it('ends an answer that takes longer than its total when there is one', async () => {
      const { complete } = await setup(
        async (connection) => {
          await connection.write(EVENT_STREAM_HEAD);
          await connection.closedByClient;
        },
        { deadlines: { totalMs: 60 } },
      );
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_timeout' });
    });
  });

  describe('when it is stopped', () => {
    it.each([
      ['before the headers', ''],
      ['after the headers', EVENT_STREAM_HEAD],
      ['in the middle of the text', Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a'))])],
    ])('closes the connection at once %s', async (_, beginning) => {
      const { server, stopper, complete } = await setup((connection) => connection.write(beginning));
      const end = complete();
      const { closedByClient } = await server.arrival(1);
      stopper.abort();
      await expect(end).resolves.toEqual({ finishReason: 'cancelled' });
      await closedByClient;
    });

    it('asks nobody when it was stopped before', async () => {
      const { server, stopper, complete } = await setup(() => undefined);
      stopper.abort();
      await expect(complete()).resolves.toEqual({ finishReason: 'cancelled' });
      expect(server.requests).toEqual([]);
    });
  });
});

guardLeaks();
