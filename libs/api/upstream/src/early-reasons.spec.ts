import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  type Script,
  startMisbehavingServer,
} from '@tandem/testing';
import type { Deadlines } from './connection/deadlines';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

/** How long one that said why it ends may say nothing. */
const FINISH_MS = 1_000;
const closeLater = closeAfterEach();
const DONE = event('[DONE]');

async function setup(script: Script, remote: Partial<RemoteEndpoint> = {}, deadlines: Partial<Deadlines> = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...deadlines });
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...remote }, client);
  const sink = collect();
  return { server, sink, complete: () => source.complete(completionRequest(), sink, patient()) };
}

const streams =
  (...pieces: readonly string[]): Script =>
  async (connection) => {
    await connection.write(EVENT_STREAM_HEAD);
    for (const piece of pieces) await connection.write(chunk(piece));
    await connection.write(LAST_CHUNK);
  };

describe('A reason for the end', () => {
  it.each([
    ['on each piece', [chatEvent('a', 'stop'), chatEvent('b', 'stop'), chatEvent('c', 'stop'), DONE], 'abc', 'stop'],
    ['on each piece, without [DONE]', [chatEvent('a', 'stop'), chatEvent('b', 'stop')], 'ab', 'stop'],
    ['alone before any text', [chatEvent(null, 'stop'), chatEvent('a'), chatEvent('b'), DONE], 'ab', 'stop'],
    [
      'beside the role alone',
      [event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'stop' }] }), chatEvent('a'), DONE],
      'a',
      'stop',
    ],
    ['that is another one in the end', [chatEvent('a', 'stop'), chatEvent('b', 'length'), DONE], 'ab', 'length'],
    ['in capitals', [chatEvent('a'), chatEvent(null, 'MAX_TOKENS'), DONE], 'a', 'length'],
    ['that nobody knows', [chatEvent('a'), chatEvent(null, 'because'), DONE], 'a', 'other'],
  ])('%s is not the end of the text, and the last one counts', async (_, pieces, text, finishReason) => {
    const { sink, complete } = await setup(streams(...pieces));
    await expect(complete()).resolves.toEqual({ finishReason });
    expect(sink.answer).toBe(text);
  });

  it('is no proof where text goes on behind it and then breaks off', async () => {
    const { sink, complete } = await setup(async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      await connection.write(chunk(chatEvent('a', 'stop') + chatEvent('b', 'stop')));
      connection.reset();
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
    expect(sink.answer).toBe('ab');
  });

  it('does not hide a failure behind it', async () => {
    const { sink, complete } = await setup(streams(chatEvent('a', 'stop'), event({ error: { message: 'engine died' } })));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_error' });
    expect(sink.answer).toBe('a');
  });

  it('gives a slow server its time where text went on behind one, and none for ever', async () => {
    const { sink, complete } = await setup(
      async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        await connection.write(chunk(chatEvent('a', 'stop') + chatEvent('b', 'stop')));
        await new Promise((resolve) => setTimeout(resolve, 1.5 * FINISH_MS));
        await connection.write(chunk(chatEvent('c', 'stop') + DONE));
        await connection.closedByClient;
      },
      {},
      { finishMs: FINISH_MS },
    );
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('abc');
  });

  it('ends an answer whose server then neither says [DONE] nor closes', async () => {
    const { sink, complete } = await setup(
      async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        await connection.write(chunk(chatEvent('a') + chatEvent(null, 'stop')));
        await connection.closedByClient;
      },
      {},
      { finishMs: FINISH_MS },
    );
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('a');
  });

  it('counts more than an end without one', async () => {
    const { complete } = await setup(streams(event({ text: 'a' }), event({ text: '', finish_reason: 'length' }), DONE), { protocol: 'sse' });
    await expect(complete()).resolves.toEqual({ finishReason: 'length' });
  });
});

guardLeaks();
