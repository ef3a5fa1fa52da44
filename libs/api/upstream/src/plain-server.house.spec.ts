import { collect, completionRequest, describeCompletionSource } from '@tandem/api/completion/testing';
import { closeAfterEach, describeWithFastApi, type FastApiOptions, guardLeaks, patient, startFastApi } from '@tandem/testing';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const TEXT = 'The llama 🦙 said "naïve café"\n\nand left. 👩‍👩‍👧';
/** Longer than any test waits, however slowly the machine runs. */
const LONG = Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(' ');

async function setup(options: FastApiOptions, remote: Partial<RemoteEndpoint> = {}) {
  const server = await startFastApi(options);
  const client = new UpstreamClient(UNHURRIED);
  const close = async () => {
    await client.destroy();
    await server.close();
  };
  return { server, source: new RemoteSource({ url: server.url, ...remote }, client), close };
}

const closeLater = closeAfterEach();

async function open(options: FastApiOptions, remote?: Partial<RemoteEndpoint>) {
  const { source, close } = await setup(options, remote);
  closeLater(close);
  return source;
}

describeWithFastApi('A FastAPI server of its own making', () => {
  const STREAMED = ['text', 'sse-text', 'sse-json', 'lines'] as const;

  for (const shape of STREAMED) {
    describeCompletionSource(`RemoteSource over ${shape}`, async () => {
      const { server, source, close } = await setup({ shape, tokensPerSecond: 100 });
      return {
        source,
        short: { request: completionRequest(TEXT), answer: TEXT },
        long: completionRequest(LONG, { max_tokens: 20_000 }),
        untilStopped: (count) => server.untilCancelled(count),
        close,
      };
    });
  }

  it.each(STREAMED)('that breaks off gives exactly what came before, as %s', async (shape) => {
    const source = await open({ shape, breakAfter: 3 });
    const sink = collect();
    const end = source.complete(completionRequest('one two three four five'), sink, patient());
    await expect(end).rejects.toMatchObject({ code: 'upstream_incomplete', retryable: true });
    expect(sink.answer).toBe('one two three');
  });

  it('that answers with one document is understood', async () => {
    const source = await open({ shape: 'json' });
    const sink = collect();
    await expect(source.complete(completionRequest(TEXT), sink, patient())).resolves.toEqual({
      finishReason: 'stop',
    });
    expect(sink.answer).toBe(TEXT);
  });

  it('that refuses fields it does not know is asked without them, and they are named', async () => {
    const source = await open({ shape: 'text', isStrict: true }, { protocol: 'text' });
    const sink = collect();
    await expect(source.complete(completionRequest('one two'), sink, patient())).resolves.toEqual({
      finishReason: 'stop',
      ignoredParameters: ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'seed', 'stop'],
    });
    expect(sink.answer).toBe('one two');
  });
});

guardLeaks();
