import { collect, completionRequest, describeCompletionSource } from '@tandem/api/completion/testing';
import { describeWithFastApi, guardLeaks, patient, startFastApi } from '@tandem/testing';
import { probeRemote } from './health/probe-remote';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const TEXT = 'The llama 🦙 said "naïve café"\n\nand left. 👩‍👩‍👧';
/** Longer than any test waits, however slowly the machine runs. */
const LONG = Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(' ');

async function setup(options: { key?: string; tokensPerSecond?: number } = {}) {
  const server = await startFastApi({ model: 'echo-1', ...options });
  const client = new UpstreamClient(UNHURRIED);
  const remote = { url: server.url };
  const close = async () => {
    await client.destroy();
    await server.close();
  };
  return { server, client, remote, source: new RemoteSource(remote, client), close };
}

describeWithFastApi('A FastAPI server under uvicorn', () => {
  describeCompletionSource('RemoteSource', async () => {
    const { server, source, close } = await setup({ tokensPerSecond: 100 });
    return {
      source,
      short: { request: completionRequest(TEXT), answer: TEXT },
      long: completionRequest(LONG, { max_tokens: 20_000 }),
      untilStopped: (count) => server.untilCancelled(count),
      close,
    };
  });

  it('is asked for the model that it lists, and counts its tokens', async () => {
    const { client, remote, source, close } = await setup();
    const sink = collect();
    const end = await source.complete(completionRequest('one two three', { max_tokens: 2 }), sink, patient());
    expect(end).toEqual({ finishReason: 'length', usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
    expect(sink.pieces).toEqual(['one', ' two']);
    await expect(probeRemote(remote, client, patient())).resolves.toMatchObject({
      status: 'healthy',
      detail: expect.stringContaining('serves "echo-1"'),
    });
    await close();
  });

  it('is asked with the key, and refuses without it', async () => {
    const { client, remote, source, close } = await setup({ key: 'sk-right' });
    await expect(source.complete(completionRequest(), collect(), patient())).rejects.toMatchObject({
      code: 'upstream_auth',
      message: expect.stringContaining('set API_KEY'),
    });
    await expect(probeRemote(remote, client, patient())).resolves.toMatchObject({
      status: 'unhealthy',
      hint: expect.stringContaining('Set API_KEY'),
    });
    const keyed = new RemoteSource({ ...remote, apiKey: 'sk-right' }, client);
    await expect(keyed.complete(completionRequest(), collect(), patient())).resolves.toMatchObject({
      finishReason: 'stop',
    });
    await close();
  });
});

guardLeaks();
