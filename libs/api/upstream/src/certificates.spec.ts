import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  type Certificate,
  certificateAuthority,
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  LAST_CHUNK,
  patient,
  selfSignedCertificate,
} from '@tandem/testing';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const trusted = certificateAuthority('trusted');
const impostor = certificateAuthority('trusted');
const unknown = certificateAuthority('unknown');
const before = getCACertificates('default');

beforeAll(() => setDefaultCACertificates([...before, trusted.cert]));
afterAll(() => setDefaultCACertificates(before));

/** A model server with this certificate, which answers whoever gets as far as asking. */
async function setup({ cert, key }: Certificate) {
  let asked = '';
  const server = createServer({ cert, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      asked += bytes.toString();
      socket.write(EVENT_STREAM_HEAD);
      socket.write(chunk(chatEvent('private', 'stop') + event('[DONE]')));
      socket.write(LAST_CHUNK);
    });
    closeLater(() => void socket.destroy());
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  closeLater(() => void server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const source = new RemoteSource({ url, model: 'm', protocol: 'openai-chat', apiKey: 'sk-canary' }, client);
  const sink = collect();
  return { sink, asked: () => asked, complete: () => source.complete(completionRequest(), sink, patient()) };
}

describe('A model server whose certificate', () => {
  it('is good is asked', async () => {
    const { sink, asked, complete } = await setup(trusted.issue());
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(sink.answer).toBe('private');
    expect(asked()).toMatch(/authorization: Bearer sk-canary/i);
  });

  it.each([
    ['has expired', trusted.issue({ validDays: [-3, -1] }), /has expired/],
    ['is not valid yet', trusted.issue({ validDays: [1, 3] }), /is not valid yet/],
    ['is for another host', trusted.issue({ address: '10.9.8.7' }), /is for another name/],
    ['is self-signed', selfSignedCertificate(), /is self-signed/],
    ['is signed by someone else than it says', impostor.issue(), /is not signed by whom it names/],
    ['is signed by nobody this machine knows', unknown.issue(), /authority that this machine does not know/],
  ])('%s is told neither the key nor the prompt, and the fault says what is wrong', async (_, certificate, words) => {
    const { sink, asked, complete } = await setup(certificate);
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_unreachable',
      status: 502,
      retryable: false,
      message: expect.stringMatching(words),
    });
    expect([sink.pieces, asked()]).toEqual([[], '']);
  });
});
