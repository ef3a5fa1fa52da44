import { setTimeout as delay } from 'node:timers/promises';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  type Connection,
  event,
  EVENT_STREAM_HEAD,
  LAST_CHUNK,
  patient,
  responseHead,
  type Script,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import type { Deadlines } from './connection/deadlines';
import { ModelName } from './server/model-name';
import { probeRemote } from './health/probe-remote';
import { RemoteSource } from './source/remote-source';
import { ServerKind } from './server/server-kind';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const SHORT = { headersMs: 600, silenceMs: 600, documentMs: 600 };
const ANSWER = EVENT_STREAM_HEAD + chunkText(chatEvent('Hi', 'stop') + event('[DONE]')) + LAST_CHUNK;
const hints = (status: number) => responseHead(status, { Link: '</a>; rel=preload' });

function chunkText(text: string): string {
  return Buffer.from(chunk(text)).toString('latin1');
}

async function setup(script: Script, deadlines: Partial<Deadlines> = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...deadlines });
  closeLater(() => client.destroy());
  const remote = { url: server.url, protocol: 'openai-chat' } as const;
  const source = new RemoteSource({ ...remote, model: 'm' }, client);
  const sink = collect();
  return { server, client, remote, sink, complete: () => source.complete(completionRequest(), sink, patient()) };
}

/** Says that again and again, until the client has had enough. */
async function repeat(connection: Connection, bytes: string, everyMs: number): Promise<void> {
  const over = new AbortController();
  void connection.closedByClient.then(() => over.abort());
  while (!over.signal.aborted) {
    await connection.write(bytes);
    await delay(everyMs, undefined, { signal: over.signal }).catch(() => undefined);
  }
}

async function timed(work: Promise<unknown>): Promise<{ readonly outcome: unknown; readonly ms: number }> {
  const start = performance.now();
  const outcome = await work.catch((error: unknown) => error);
  return { outcome, ms: performance.now() - start };
}

describe('An informational response that nobody asked for', () => {
  it.each([100, 101, 102, 103, 199])('of status %d leaves the answer as it is', async (status) => {
    const { complete, sink, server } = await setup((connection) => connection.write(hints(status) + ANSWER));
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.pieces).toEqual(['Hi']);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Script]>([
    ['comes a thousand times', (connection) => connection.write((hints(100) + hints(103)).repeat(500) + ANSWER)],
    [
      'comes byte by byte',
      async (connection) => {
        for (const byte of hints(100) + hints(102) + ANSWER.slice(0, 20)) await connection.write(byte);
        await connection.write(ANSWER.slice(20));
      },
    ],
    ['brings 200 KB of headers', (connection) => connection.write(responseHead(103, { Link: 'x'.repeat(200_000) }) + ANSWER)],
    [
      'comes long before the answer',
      async (connection) => {
        await connection.write(hints(100));
        await delay(200);
        await connection.write(ANSWER);
      },
    ],
  ])('leaves the answer as it is where it %s', async (_, script) => {
    const { complete, server } = await setup(script);
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(server.requests).toHaveLength(1);
  });

  it('is no harm on a connection that is used again, nor between two answers', async () => {
    const { complete, server } = await setup((connection) => connection.write(hints(100) + ANSWER));
    await complete();
    await delay(50);
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(server.openConnections).toBe(1);
    await (await server.connected(1)).write(hints(103));
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
  });

  it('is text within an answer', async () => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\n\r\n';
    const { complete, sink } = await setup(async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      await connection.write(chunkText(`: ${text}${chatEvent(text)}`));
      await connection.write(chunkText(chatEvent('', 'stop')) + LAST_CHUNK);
    });
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.pieces.join('')).toBe(text);
  });
});

describe('Informational responses without end', () => {
  it.each([100, 102, 103])('of status %d end at the deadline for the headers', async (status) => {
    const { complete } = await setup((connection) => repeat(connection, hints(status), 20), SHORT);
    const { outcome, ms } = await timed(complete());
    expect(outcome).toMatchObject({ code: 'upstream_timeout', retryable: true });
    expect(ms).toBeGreaterThan(500);
  });

  it('end at once where they are a flood', async () => {
    const { complete } = await setup((connection) => repeat(connection, hints(103).repeat(5_000), 0));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });

  it('end at the same deadlines when models are listed, the kind is found out, and health is checked', async () => {
    const { client, remote } = await setup((connection) => repeat(connection, hints(103), 20), SHORT);
    const [name, kind, probe] = await Promise.all([
      new ModelName(remote, client).get().catch((error: unknown) => error),
      new ServerKind({ ...remote, protocol: 'auto' }, client).get().catch(() => 'ended'),
      probeRemote(remote, client, patient()),
    ]);
    expect(name).toMatchObject({ code: 'upstream_timeout' });
    expect(kind).toBeDefined();
    expect(probe).toMatchObject({ status: 'unhealthy', cause: 'silent' });
  });

  it('are no harm to a health check that is answered after them', async () => {
    const { client, remote } = await setup((connection) =>
      connection.write(hints(100).repeat(20) + wholeResponse(200, 'application/json', '{"data":[{"id":"m"}]}')),
    );
    await expect(probeRemote(remote, client, patient())).resolves.toMatchObject({ status: 'healthy', identity: { model: 'm' } });
  });
});
