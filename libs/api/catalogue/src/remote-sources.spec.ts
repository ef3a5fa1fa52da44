import type { ConfiguredModel, ConfigStore, Environment } from '@tandem/api/config';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, patient, startMisbehavingServer } from '@tandem/testing';
import { EMPTY } from 'rxjs';
import { RemoteSources } from './remote-sources';

const closing = closeAfterEach();

/** A model whose endpoint leads to a server; Tandem listens at that port or at another. */
async function setup(isOwnPort: boolean) {
  const server = await startMisbehavingServer((connection) => connection.close());
  closing(() => server.close());
  const environment = {
    host: '127.0.0.1',
    port: isOwnPort ? server.port : 1,
    upstreamConnectSeconds: 60,
    upstreamHeadersSeconds: 60,
    upstreamSilenceSeconds: 60,
    upstreamTotalSeconds: 0,
    upstreamMaxConcurrency: 1,
  };
  const sources = new RemoteSources({ changes: EMPTY } as unknown as ConfigStore, environment as Environment);
  closing(() => sources.onApplicationShutdown());
  const entry = { name: 'M', endpoint: `localhost:${server.port}`, protocol: 'openai-chat', model: 'm' } as const;
  const source = sources.of({ id: 'm', role: 'baseline', source: 'file', entry } satisfies ConfiguredModel);
  return { server, complete: () => source.complete(completionRequest(), collect(), patient()) };
}

describe('a model whose name leads, when it is connected with,', () => {
  it('to where Tandem listens is not asked', async () => {
    const { server, complete } = await setup(true);
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_unreachable', message: expect.stringContaining('Tandem itself') });
    expect(server.requests).toEqual([]);
  });

  it('to another port of this machine is asked', async () => {
    const { server, complete } = await setup(false);
    await expect(complete()).rejects.toMatchObject({ message: expect.stringContaining('without an answer') });
    expect(server.requests.length).toBeGreaterThan(0);
  });
});
