import { chunk, event, EVENT_STREAM_HEAD, LAST_CHUNK, wholeResponse } from './http-bytes';
import { type MisbehavingServer, type Script, startMisbehavingServer } from './misbehaving-server';

let server: MisbehavingServer;
afterEach(() => server.close());

const started = async (script: Script): Promise<MisbehavingServer> => (server = await startMisbehavingServer(script));

describe('a server that answers as it is told', () => {
  it('may answer well, and tells what it was asked', async () => {
    const { url, requests } = await started((connection) => connection.write(wholeResponse(201, 'text/plain', 'größer', { 'X-Its': 'own' })));
    const response = await fetch(url, { method: 'POST', body: '{"é":1}' });
    expect([response.status, response.headers.get('x-its'), await response.text()]).toEqual([201, 'own', 'größer']);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^POST \/ HTTP\/1\.1\r\n[^]*\r\n\r\n\{"é":1\}$/);
  });

  it('may answer piece by piece, whenever the test wants', async () => {
    const { url, arrival } = await started((connection) => connection.write(EVENT_STREAM_HEAD));
    const response = await fetch(url);
    const connection = await arrival(1);
    await connection.write(chunk(event({ a: 1 })));
    await connection.write(Buffer.concat([chunk(event('[DONE]')), Buffer.from(LAST_CHUNK)]));
    await expect(response.text()).resolves.toBe('data: {"a":1}\n\ndata: [DONE]\n\n');
  });

  it('may break off, in good order or not', async () => {
    const half = wholeResponse(200, 'text/plain', 'whole').slice(0, -2);
    const { url } = await started(async (connection, request) => {
      await connection.write(half);
      if (request.startsWith('GET /reset')) connection.reset();
      else connection.close();
    });
    for (const path of ['close', 'reset']) {
      const read = fetch(new URL(path, url)).then((response) => response.text());
      await expect(read).rejects.toThrow();
    }
  });

  it('knows when a client has left', async () => {
    const { url, connected } = await started((connection) => connection.write(EVENT_STREAM_HEAD));
    const leaving = new AbortController();
    await fetch(url, { signal: leaving.signal });
    const { closedByClient } = await connected(1);
    leaving.abort();
    await expect(closedByClient).resolves.toBeUndefined();
  });
});
