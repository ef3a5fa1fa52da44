import type { LookupFunction } from 'node:net';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, guardLeaks, openDeafPort, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { faultOfConnection } from './connection/connection-fault';
import { DEFAULT_DEADLINES, type Deadlines } from './connection/deadlines';
import { ForbiddenAddressError, type Guard, guardLookup } from './connection/guarded-connector';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();

function setup(url: string, deadlines: Partial<Deadlines> = {}, guard: Guard = {}) {
  const client = new UpstreamClient({ ...UNHURRIED, ...deadlines }, guard);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: new URL(url), model: 'm', protocol: 'openai-chat' }, client);
  const stopper = new AbortController();
  return { client, stopper, complete: () => source.complete(completionRequest(), collect(), stopper.signal) };
}

describe('A model server that cannot be reached', () => {
  it('is reported when nothing listens, by the refusal and not by a deadline', async () => {
    const { complete } = setup('http://127.0.0.1:1');
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      status: 502,
      retryable: true,
      message: 'Nothing listens at 127.0.0.1:1: start the model server, or correct the endpoint.',
    });
  });

  it('is reported when its name is not known', async () => {
    const { complete } = setup('http://nobody.invalid:8000');
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining('name'),
    });
  });

  it('is known within five seconds where nobody says how long it may take', () => expect(DEFAULT_DEADLINES.connectMs).toBeLessThan(5_000));

  it('is reported when nobody accepts the connection, within its deadline', async () => {
    const { port, close } = await openDeafPort();
    closeLater(close);
    const { complete } = setup(`http://127.0.0.1:${port}`, { connectMs: 300 });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', status: 502, message: expect.stringContaining('in time') });
  });

  it('is reported when the name server does not answer, within the same deadline', async () => {
    const { complete } = setup('http://slow.example:8000', { connectMs: 300 }, { resolve: () => undefined });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', message: expect.stringContaining('in time') });
  });

  it('is reported when it never finishes the handshake', async () => {
    const server = await startMisbehavingServer(() => undefined);
    closeLater(() => server.close());
    const { complete } = setup(`https://127.0.0.1:${server.port}`, { connectMs: 60 });
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining('in time'),
    });
  });

  it('is reported when it speaks no TLS', async () => {
    const server = await startMisbehavingServer(() => undefined);
    closeLater(() => server.close());
    const { complete } = setup(`https://127.0.0.1:${server.port}`);
    const end = complete();
    await (await server.connected(1)).write('HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(end).rejects.toMatchObject({ code: 'upstream_unreachable', message: expect.stringContaining('TLS') });
  });

  it.each([
    ['resets', (connection: { reset(): void; close(): void }) => connection.reset()],
    ['closes', (connection: { reset(): void; close(): void }) => connection.close()],
  ])('is reported when it %s the connection without an answer', async (_, end) => {
    const server = await startMisbehavingServer(end);
    closeLater(() => server.close());
    const { complete } = setup(server.url.href);
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining('without an answer'),
    });
  });

  it('is reported when it does not speak HTTP', async () => {
    const server = await startMisbehavingServer((connection) => connection.write('SSH-2.0-OpenSSH_9.2\r\n'));
    closeLater(() => server.close());
    const { complete } = setup(server.url.href);
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });

  it.each([
    ['are larger than any should be', `X-Big: ${'x'.repeat(100_000)}\r\n`],
    ['are more than any server needs', Array.from({ length: 1_000 }, (_, n) => `x${n}: y\r\n`).join('')],
    ['are one and the same again and again', 'x: y\r\n'.repeat(1_000)],
    ['hold a line that is none', 'X-Echo: a\r\nyour prompt was this\r\n'],
    ['hold a bare CR', 'X-Echo: a\rSet-Cookie: a=b\r\n'],
    ['announce two lengths', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'],
  ])('is reported when its headers %s', async (_, lines) => {
    const server = await startMisbehavingServer((connection) => connection.write(`HTTP/1.1 200 OK\r\n${lines}\r\n`));
    closeLater(() => server.close());
    const { complete } = setup(server.url.href);
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });

  it('does not keep whoever stops waiting for the connection', async () => {
    const server = await startMisbehavingServer(() => undefined);
    closeLater(() => server.close());
    const { stopper, complete } = setup(`https://127.0.0.1:${server.port}`);
    const end = complete();
    await server.connected(1);
    stopper.abort();
    await expect(end).resolves.toEqual({ finishReason: 'cancelled' });
  });

  it('is never asked at a metadata address', async () => {
    const { complete } = setup('http://169.254.169.254');
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining('metadata'),
    });
  });
});

describe('A name', () => {
  /** A resolver that gives one answer after the other, the last for ever. */
  function resolving(...answers: string[]) {
    let asked = 0;
    const resolve: LookupFunction = (_host, _options, callback) => {
      const address = answers[Math.min(asked++, answers.length - 1)] ?? '';
      setImmediate(() => callback(null, [{ address, family: 4 }]));
    };
    return { resolve, asked: () => asked };
  }

  const said = '{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}';
  const once: Script = (connection) => connection.write(wholeResponse(200, 'application/json', said, { Connection: 'close' }));

  it('that leads elsewhere a moment later is connected with where it was looked at, and refused the next time', async () => {
    const server = await startMisbehavingServer(once);
    closeLater(() => server.close());
    const { resolve, asked } = resolving('127.0.0.1', '169.254.169.254');
    const { complete } = setup(`http://models.example:${server.port}`, {}, { resolve });
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(asked()).toBe(1);
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', retryable: false, message: expect.stringContaining('metadata') });
    expect([asked(), server.requests.length]).toEqual([2, 1]);
  });

  it('that leads back to Tandem is told nothing', async () => {
    const server = await startMisbehavingServer(once);
    closeLater(() => server.close());
    const isOwn = (address: string, port: number) => address === '127.0.0.1' && port === server.port;
    const { complete } = setup(`http://models.example:${server.port}`, {}, { ...resolving('127.0.0.1'), isOwn });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', retryable: false, message: expect.stringContaining('Tandem itself') });
    expect(server.requests).toEqual([]);
  });
});

describe('guardLookup', () => {
  /** What a socket would be told of a name that leads to these addresses. */
  function lookUp(...addresses: string[]): unknown[] {
    const resolve: LookupFunction = (_host, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    let told: unknown[] = [];
    guardLookup(resolve)('h', { all: true }, (...args) => (told = args));
    return told;
  }

  it('lets a name pass that leads to a good address', () => {
    expect(lookUp('10.0.0.1')).toEqual([null, [{ address: '10.0.0.1', family: 4 }], undefined]);
  });

  it.each(['169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1'])('stops a name that leads to %s, even beside a good address', (address) => {
    expect(lookUp('10.0.0.1', address)[0]).toBeInstanceOf(ForbiddenAddressError);
  });
});

describe('faultOfConnection', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority'],
    ['EAI_AGAIN', 'name'],
    ['EHOSTUNREACH', 'no way'],
    ['UND_ERR_CONNECT_TIMEOUT', 'in time'],
    ['SOMETHING_NEW', 'could not be asked'],
  ])('has a sentence of its own for %s', (code, words) => {
    expect(faultOfConnection({ code }, 'h:1')).toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining(words),
    });
  });
});

guardLeaks();
