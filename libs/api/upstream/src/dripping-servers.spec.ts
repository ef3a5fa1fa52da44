import { setTimeout as delay } from 'node:timers/promises';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  type Connection,
  event,
  EVENT_STREAM_HEAD,
  patient,
  responseHead,
  type Script,
  startMisbehavingServer,
} from '@tandem/testing';
import { probeRemote } from './health/probe-remote';
import { RemoteSource } from './source/remote-source';
import { ModelName } from './server/model-name';
import type { Deadlines } from './connection/deadlines';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const SHORT_MS = 600;
const DEADLINE_OF: Readonly<Record<string, Partial<Deadlines>>> = {
  upstream_timeout: { headersMs: SHORT_MS },
  upstream_idle: { silenceMs: SHORT_MS },
  upstream_error: { documentMs: SHORT_MS },
};
const JSON_HEAD = responseHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
const PLAIN_HEAD = responseHead(200, { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' });

async function setup(script: Script, deadlines: Partial<Deadlines> = {}, protocol: 'openai-chat' | 'text' = 'openai-chat') {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...deadlines });
  closeLater(() => client.destroy());
  const remote = { url: server.url, protocol } as const;
  const source = new RemoteSource({ ...remote, model: 'm' }, client);
  return { server, client, remote, complete: () => source.complete(completionRequest(), collect(), patient()) };
}

/** These bytes first, then a little again and again: it is never silent for long, and never at an end. */
const drips =
  (first: string | Uint8Array, again: string | Uint8Array): Script =>
  async (connection: Connection) => {
    const over = new AbortController();
    void connection.closedByClient.then(() => over.abort());
    await connection.write(first);
    while (!over.signal.aborted) {
      await connection.write(again);
      await delay(20, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };

const started = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('Hi'))]);
const refused = responseHead(500, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });

describe('A model server that is never silent and never done', () => {
  it.each<[string, string, Script]>([
    ['in its status line', 'upstream_timeout', drips('HTTP/1.1 200 ', 'O')],
    ['in one header', 'upstream_timeout', drips('HTTP/1.1 200 OK\r\nX: ', 'x')],
    ['in ever more headers', 'upstream_timeout', drips('HTTP/1.1 200 OK\r\n', 'X: y\r\n')],
    ['in the size of a chunk', 'upstream_idle', drips(Buffer.concat([started, Buffer.from('1;')]), 'x')],
    ['in the extensions of its chunks', 'upstream_idle', drips(started, `2;${'x=y;'.repeat(500)}x=y\r\n:\n\r\n`)],
    ['in comments', 'upstream_idle', drips(started, chunk(': x\n\n'))],
    ['in one event', 'upstream_idle', drips(Buffer.concat([started, chunk('data: {"a":"')]), chunk('x'))],
    ['in its trailers', 'upstream_idle', drips(Buffer.concat([started, Buffer.from('0\r\n')]), 'X: y\r\n')],
    ['in the words of a refusal', 'upstream_error', drips(refused, chunk('x'))],
  ])('%s is let go at a deadline', async (_, code, script) => {
    const { complete } = await setup(script, DEADLINE_OF[code]);
    await expect(complete()).rejects.toMatchObject({ code });
  });

  it('in its trailers keeps no answer back that it said to the end', async () => {
    const said = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('Hi', 'stop') + event('[DONE]')), Buffer.from('0\r\n')]);
    const { complete } = await setup(drips(said, 'X: y\r\n'), { silenceMs: SHORT_MS });
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
  });

  it('in its trailers is silent where the end of the body is its only word for the end', async () => {
    const { complete } = await setup(
      drips(Buffer.concat([Buffer.from(PLAIN_HEAD), chunk('Hi'), Buffer.from('0\r\n')]), 'X: y\r\n'),
      { silenceMs: SHORT_MS },
      'text',
    );
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_idle' });
  });

  it.each<[string, Script]>([
    ['a body', drips(JSON_HEAD, chunk('{"data":['))],
    ['trailers', drips(Buffer.concat([Buffer.from(JSON_HEAD), chunk('{"data":[]}'), Buffer.from('0\r\n')]), 'X: y\r\n')],
    ['headers', drips('HTTP/1.1 200 OK\r\n', 'X: y\r\n')],
  ])('in %s holds up neither a health check nor a list of models', async (_, script) => {
    const { client, remote } = await setup(script, { headersMs: SHORT_MS, documentMs: SHORT_MS });
    await expect(probeRemote(remote, client, patient())).resolves.toMatchObject({ status: 'unhealthy', cause: 'silent' });
    await expect(new ModelName(remote, client).get()).rejects.toMatchObject({ code: 'upstream_timeout' });
  });
});

describe('A model server that does not wait for the request', () => {
  it('and answers in the middle of it gives its answer', async () => {
    const { server, complete } = await setup(() => undefined);
    const answered = complete();
    await (await server.connected(1)).write(Buffer.concat([started, chunk(chatEvent('', 'stop') + event('[DONE]')), Buffer.from('0\r\n\r\n')]));
    await expect(answered).resolves.toMatchObject({ finishReason: 'stop' });
  });
});
