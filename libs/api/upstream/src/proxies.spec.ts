import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { OutwardProxies } from '@tandem/api/endpoint';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  certificateAuthority,
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  startForwardProxy,
  startMisbehavingServer,
} from '@tandem/testing';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const authority = certificateAuthority('behind');
const before = getCACertificates('default');
const good = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('yes', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]);

beforeAll(() => setDefaultCACertificates([...before, authority.cert]));
afterAll(() => setDefaultCACertificates(before));

function setup(address: string, proxies: Partial<OutwardProxies>) {
  const client = new UpstreamClient(UNHURRIED, {}, { http: undefined, https: undefined, except: [], ...proxies });
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: new URL(address), model: 'm', protocol: 'openai-chat', apiKey: 'sk-canary' }, client);
  const sink = collect();
  return { sink, complete: () => source.complete(completionRequest(), sink, patient()) };
}

async function startProxy(options = {}) {
  const proxy = await startForwardProxy(options);
  closeLater(() => proxy.close());
  return proxy;
}

async function startPlain() {
  const server = await startMisbehavingServer((connection) => connection.write(good));
  closeLater(() => server.close());
  return server;
}

async function startSecure() {
  const { cert, key } = authority.issue();
  const asked: string[] = [];
  const server = createServer({ cert, key }, (socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (bytes) => {
        asked.push(bytes.toString());
        socket.write(good);
      });
    closeLater(() => void socket.destroy());
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  closeLater(() => void server.close());
  return { asked, port: (server.address() as AddressInfo).port };
}

describe('A model server behind a proxy', () => {
  it('that speaks TLS is reached through a tunnel, and the proxy sees neither key nor prompt', async () => {
    const [proxy, server] = [await startProxy(), await startSecure()];
    const { sink, complete } = setup(`https://127.0.0.1:${server.port}`, { https: proxy.url });
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('yes');
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
    expect(server.asked[0]).toMatch(/authorization: Bearer sk-canary/i);
  });

  it('that does not speak TLS is asked through it, by a name that only the proxy knows', async () => {
    const [proxy, server] = [await startProxy(), await startPlain()];
    const { sink, complete } = setup(`http://models.invalid:${server.port}/base`, { http: proxy.url });
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('yes');
    expect(proxy.asked).toEqual([`POST http://models.invalid:${server.port}/base/v1/chat/completions`]);
  });

  it('is reached without it where its name is excepted', async () => {
    const [proxy, server] = [await startProxy(), await startPlain()];
    const { complete } = setup(server.url.href, { http: proxy.url, except: ['127.0.0.1'] });
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(proxy.asked).toEqual([]);
  });

  it("gives the proxy the proxy's own password and no other server", async () => {
    const [proxy, server] = [await startProxy(), await startPlain()];
    const { complete } = setup(`http://models.invalid:${server.port}`, { http: new URL(`http://me:pass@${proxy.url.host}`) });
    await complete();
    expect(proxy.authorization).toBe(`Basic ${Buffer.from('me:pass').toString('base64')}`);
    expect(server.requests[0]).not.toMatch(/proxy-authorization/i);
  });

  it.each([
    ['the password', 407, /Refused by the proxy at 127\.0\.0\.1:\d+, .*HTTP 407.*HTTPS_PROXY/],
    ['the host', 403, /Refused by the proxy at 127\.0\.0\.1:\d+, .*HTTP 403.*NO_PROXY/],
  ])('that refuses %s is not blamed for it', async (_, refuses, message) => {
    const proxy = await startProxy({ refuses });
    const { complete } = setup('https://models.invalid', { https: proxy.url });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', message: expect.stringMatching(message) });
  });

  it('is not blamed for a proxy that is not there', async () => {
    const url = new URL('http://127.0.0.1:1');
    for (const address of ['https://models.invalid', 'http://models.invalid:8000']) {
      const { complete } = setup(address, { https: url, http: url });
      await expect(complete()).rejects.toMatchObject({
        code: 'upstream_unreachable',
        message: expect.stringMatching(/^No connection with the proxy at 127\.0\.0\.1:1, through which models\.invalid/),
      });
    }
  });

  it.each(['http://169.254.169.254', 'https://metadata.google.internal'])('is never %s, whatever the proxy would do', async (address) => {
    const proxy = await startProxy();
    const { complete } = setup(address, { https: proxy.url, http: proxy.url });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(proxy.asked).toEqual([]);
  });
});

guardLeaks();
