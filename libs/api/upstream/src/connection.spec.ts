import type { LookupFunction } from 'node:net';
import { closeAfterEach, collect, completionRequest, guardLeaks, startMisbehavingServer } from '@tandem/testing';
import { faultOfConnection } from './connection-fault';
import type { Deadlines } from './deadlines';
import { ForbiddenAddressError, guardLookup } from './guarded-connector';
import { RemoteSource } from './remote-source';
import { UpstreamClient } from './upstream-client';

const closeLater = closeAfterEach();

function setup(url: string, deadlines: Partial<Deadlines> = {}) {
  const client = new UpstreamClient(deadlines);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: new URL(url), model: 'm', protocol: 'openai-chat' }, client);
  const stopper = new AbortController();
  return { client, stopper, complete: () => source.complete(completionRequest(), collect(), stopper.signal) };
}

describe('A model server that cannot be reached', () => {
  it('is reported well within five seconds when nothing listens', async () => {
    const server = await startMisbehavingServer(() => undefined);
    await server.close();
    const { complete } = setup(server.url.href);
    const start = performance.now();
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      retryable: true,
      message: `Nothing listens at 127.0.0.1:${server.port}: start the model server, or correct the endpoint.`,
    });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('is reported when its name is not known', async () => {
    const { complete } = setup('http://nobody.invalid:8000');
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: expect.stringContaining('name'),
    });
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

  it('is reported when its headers are larger than any should be', async () => {
    const server = await startMisbehavingServer((connection) =>
      connection.write(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`),
    );
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

  it.each(['169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1'])(
    'stops a name that leads to %s, even beside a good address',
    (address) => {
      expect(lookUp('10.0.0.1', address)[0]).toBeInstanceOf(ForbiddenAddressError);
    },
  );
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
