import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, ggufBytes, slowLlama } from '@tandem/testing';
import type { InferenceOptions } from './inference-options';
import { openInference, temporaryFolder } from './testing/open-inference';

const MB = 1024 * 1024;

const closeLater = closeAfterEach();

/** A real engine over two equal models, of which only one fits when `models` is 1. */
async function setup({ models, ...changes }: Partial<InferenceOptions> & { models?: number } = {}) {
  const { path, remove } = temporaryFolder();
  for (const name of ['a.gguf', 'b.gguf']) writeFileSync(join(path, name), ggufBytes(slowLlama()));
  const estimateBytes = await estimateOf(path);
  const room = models === undefined ? {} : { memoryBytes: models * estimateBytes + 2 * MB };
  const inference = openInference(path, { ...room, ...changes });
  closeLater(async () => {
    await inference.close();
    remove();
  });
  const ask = (name: string, max_tokens: number) => {
    const sink = collect();
    const stop = new AbortController();
    const end = inference.runtime.sourceFor(name).complete(completionRequest('Go', { temperature: 0, max_tokens }), sink, stop.signal);
    return { sink, end, stop: () => stop.abort() };
  };
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...inference, path, ask, until };
}

async function estimateOf(path: string): Promise<number> {
  const { inspectedList, close } = openInference(path);
  const [first] = await inspectedList();
  await close();
  return (first?.memory_estimate_mb ?? 0) * MB;
}

describe('the memory of local models', () => {
  it('is taken from the one that was idle longest when another must fit', async () => {
    const { runtime } = await setup({ models: 1 });
    await runtime.load('a.gguf');
    await runtime.load('b.gguf');
    expect(runtime.status('a.gguf').status).toBe('unloaded');
    expect(runtime.memory().models.map(({ name }) => name)).toEqual(['b.gguf']);
  });

  it('is waited for while the other answers, who finishes first', async () => {
    const { runtime, ask, until } = await setup({ models: 1 });
    const first = ask('a.gguf', 3_500);
    await first.sink.untilPieces(1);
    const second = ask('b.gguf', 5);
    await until(() => second.sink.phases.includes('queued'));
    const said = first.sink.pieces.length;
    await first.sink.untilPieces(said + 20);
    expect(runtime.status('b.gguf')).toMatchObject({ status: 'loading', progress: 0 });
    first.stop();
    await expect(second.end).resolves.toMatchObject({ finishReason: 'length' });
    expect(second.sink.phases[0]).not.toBe('loading');
    expect(runtime.status('a.gguf').status).toBe('unloaded');
  });

  it('is waited for only so long', async () => {
    const { ask, runtime, until } = await setup({ models: 1, roomWaitSeconds: 0.1 });
    const first = ask('a.gguf', 3_500);
    await first.sink.untilPieces(1);
    await expect(ask('b.gguf', 5).end).rejects.toMatchObject({ code: 'queue_full', retryable: true });
    first.stop();
    await first.end;
    await until(() => runtime.status('a.gguf').activeGenerations === 0);
    await expect(ask('b.gguf', 5).end).resolves.toMatchObject({ finishReason: 'length' });
  });

  it('is refused before the load to what can never fit', async () => {
    const { runtime } = await setup({ memoryBytes: 5 * MB });
    await expect(runtime.startLoading('a.gguf')).rejects.toMatchObject({
      code: 'insufficient_memory',
      status: 422,
      message: expect.stringMatching(/needs about \d+ MB.* 5 MB can be had/) as string,
    });
    expect(runtime.status('a.gguf').status).toBe('unloaded');
  });

  it('is given back after a while without use, and not while someone answers', async () => {
    const { runtime, ask, until } = await setup({ idleUnloadMinutes: 0.2 / 60 });
    await runtime.load('b.gguf');
    const busy = ask('a.gguf', 3_500);
    await busy.sink.untilPieces(1);
    await until(() => runtime.status('b.gguf').status === 'unloaded');
    expect(runtime.status('a.gguf').status).toBe('loaded');
    busy.stop();
    await busy.end;
    await until(() => runtime.status('a.gguf').status === 'unloaded');
  });
});
