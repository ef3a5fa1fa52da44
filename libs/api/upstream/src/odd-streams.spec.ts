import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  LAST_CHUNK,
  patient,
  responseHead,
  type Script,
  startMisbehavingServer,
} from '@tandem/testing';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const DONE = event('[DONE]');
const MOST_MS = 5_000;

async function setup(script: Script) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat' }, client, { confidence: { restMs: 60_000 } });
  const sink = collect();
  return { server, sink, complete: () => source.complete(completionRequest(), sink, patient()) };
}

/** A stream whose body is these bytes, in these pieces. */
const streams =
  (...pieces: readonly (string | Uint8Array)[]): Script =>
  async (connection) => {
    await connection.write(EVENT_STREAM_HEAD);
    for (const piece of pieces) await connection.write(chunk(piece));
    await connection.write(LAST_CHUNK);
  };

describe('A stream of a model server', () => {
  it('that brings 10,000 tokens in one piece is read in order, and each of them once', async () => {
    const tokens = Array.from({ length: 10_000 }, (_, n) => `${n} `);
    const { sink, complete } = await setup(streams(tokens.map((token) => chatEvent(token)).join('') + chatEvent('', 'stop') + DONE));
    const before = process.threadCpuUsage();
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.pieces).toEqual(tokens);
    // processor time of this thread, twenty times what it takes: going back over all of them for each takes minutes
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(MOST_MS);
  });

  it.each([
    ['LF', (body: string) => body],
    ['CRLF', (body: string) => body.replaceAll('\n', '\r\n')],
    ['CR', (body: string) => body.replaceAll('\n', '\r')],
  ])('that is cut between any two bytes reads the same, with %s line ends', async (_, ending) => {
    const body = Buffer.from(ending(chatEvent('é🦙') + chatEvent('\u2028!', 'stop') + DONE));
    let at = 0;
    const { sink, complete } = await setup((connection) =>
      streams(...[body.subarray(0, at), body.subarray(at)].filter(({ length }) => length > 0))(connection, ''),
    );
    for (at = 0; at <= body.length; at++) await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.answer).toBe('é🦙\u2028!'.repeat(body.length + 1));
  });

  it('that comes byte by byte reads the same', async () => {
    const body = Buffer.from(chatEvent('Grüße 🦙 naïve') + chatEvent('\u2028!', 'stop') + DONE);
    const { sink, complete } = await setup(streams(...Array.from(body, (byte) => Uint8Array.of(byte))));
    await complete();
    expect(sink.pieces.join('')).toBe('Grüße 🦙 naïve\u2028!');
  });

  it('with a byte that is no UTF-8 has one replacement character there, and lives on', async () => {
    const [before, after] = chatEvent('a#b', 'stop').split('#');
    const { sink, complete } = await setup(streams(Buffer.concat([Buffer.from(before ?? ''), Uint8Array.of(0xff), Buffer.from((after ?? '') + DONE)])));
    await complete();
    expect(sink.pieces.join('')).toBe('a\ufffdb');
  });

  it('that is compressed although it was not to be is refused unread: nothing is inflated', async () => {
    const { sink, server, complete } = await setup(async (connection) => {
      await connection.write(responseHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }));
      await connection.write(chunk(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)));
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
    expect(sink.pieces).toEqual([]);
    expect(server.requests[0]).toMatch(/^accept-encoding: identity\r$/im);
  });

  it('that reports an error in its middle counts against the model, and after five of them it rests', async () => {
    const { server, complete } = await setup(streams(chatEvent('a') + event(JSON.stringify({ error: { message: 'out of memory', code: 500 } }))));
    for (let n = 0; n < 5; n++) await expect(complete()).rejects.toMatchObject({ code: 'upstream_error' });
    const asked = server.requests.length;
    await expect(complete()).rejects.toMatchObject({ retryable: true });
    expect(server.requests.length).toBe(asked);
  });

  it.each([
    ['while it comes', [`data: ${'x'.repeat(3_000_000)}\n`, `data: ${'x'.repeat(3_000_000)}\n`]],
    ['only when it ends', [`data: ${'x'.repeat(3_000_000)}\n`, `data: ${'x'.repeat(3_000_000)}`]],
  ])('whose event is too long, %s, is a bad answer and no harm to anybody else', async (_, pieces) => {
    const { complete } = await setup(streams(...pieces));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });
});
