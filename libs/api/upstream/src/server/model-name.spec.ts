import { closeAfterEach, guardLeaks, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { UpstreamClient } from '../connection/upstream-client';
import { ModelName } from './model-name';
import { UNHURRIED } from '../testing/unhurried';

const closeLater = closeAfterEach();

async function setup(script: Script, { model, ...deadlines }: { model?: string; documentMs?: number } = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...deadlines });
  closeLater(() => client.destroy());
  const remote = { url: server.url, ...(model === undefined ? {} : { model }) };
  return { server, name: new ModelName(remote, client) };
}

const listing =
  (status: number, body: unknown): Script =>
  (connection) =>
    connection.write(wholeResponse(status, 'application/json', JSON.stringify(body)));

describe('ModelName', () => {
  it('is the configured one, without asking', async () => {
    const { server, name } = await setup(listing(200, { data: [{ id: 'first' }] }), { model: 'configured' });
    await expect(name.get()).resolves.toBe('configured');
    expect(server.requests).toEqual([]);
  });

  it('is the first that the server lists, asked for once', async () => {
    const { server, name } = await setup(listing(200, { data: [{ id: 'first' }, { id: 'second' }] }));
    await expect(Promise.all([name.get(), name.get()])).resolves.toEqual(['first', 'first']);
    await name.get();
    expect(server.requests).toEqual([expect.stringMatching(/^GET \/v1\/models /)]);
  });

  it('is asked for again after it was forgotten', async () => {
    const { server, name } = await setup(listing(200, { data: [{ id: 'first' }] }));
    await name.get();
    name.forget();
    await name.get();
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['has no such list', listing(404, { detail: 'Not Found' })],
    ['lists nothing', listing(200, { data: [] })],
    ['answers with something else', listing(200, { hello: 'world' })],
  ])('is any where the server %s', async (_, script) => {
    const { name } = await setup(script);
    await expect(name.get()).resolves.toBe('default');
  });

  it('is asked for again after a failure', async () => {
    let isUp = false;
    const { name } = await setup((connection) => {
      const bytes = isUp ? wholeResponse(200, 'application/json', '{"data":[{"id":"m"}]}') : wholeResponse(401, 'application/json', '{"error":"Unauthorized"}');
      void connection.write(bytes);
    });
    await expect(name.get()).rejects.toMatchObject({ code: 'upstream_auth' });
    isUp = true;
    await expect(name.get()).resolves.toBe('m');
  });

  it('is given up on in time', async () => {
    const { name } = await setup(() => undefined, { documentMs: 100 });
    await expect(name.get()).rejects.toMatchObject({ code: 'upstream_timeout' });
  });
});

guardLeaks();
