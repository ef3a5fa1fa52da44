import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, fatalCheckpoints, guardLeaks, noiseModel, refusedCheckpoints } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const LONG = { temperature: 0, max_tokens: 3_900 };
const closeLater = closeAfterEach();

function setup() {
  const { path, remove } = temporaryFolder();
  const inference = openInference(path);
  closeLater(async () => {
    await inference.close();
    remove();
  });
  for (const name of ['noise', 'other']) writeFileSync(join(path, `${name}.gguf`), noiseModel());
  for (const [name, [bytes]] of Object.entries({ ...fatalCheckpoints(), ...refusedCheckpoints() })) writeFileSync(join(path, `${name}.gguf`), bytes);
  const answer = (name: string, parameters: Parameters<typeof completionRequest>[1] = LONG, prompt = 'Go') => {
    const sink = collect();
    const source = inference.runtime.sourceFor(`${name}.gguf`);
    const { signal } = new AbortController();
    const request = completionRequest(prompt, parameters);
    const end = source.admit!(request, signal).then((admitted) => admitted.complete(request, sink, signal));
    return { sink, end };
  };
  const replace = (name: string, bytes: Buffer) => {
    writeFileSync(join(path, 'new'), bytes);
    renameSync(join(path, 'new'), join(path, `${name}.gguf`));
  };
  const { host } = inference;
  /** What was tried out in processes of their own. */
  const apart: string[] = [];
  const callApart = host.callApart.bind(host);
  host.callApart = (call, options) => {
    apart.push('model' in call ? call.model : '');
    return callApart(call, options);
  };
  return { ...inference, answer, replace, apart };
}

describe('a file over which llama.cpp ends its process', () => {
  it('takes nobody else with it, and is not tried a second time', async () => {
    const { answer, runtime, host, apart } = setup();
    const innocent = answer('noise');
    await innocent.sink.untilPieces(1);
    const { pid } = host;
    for (const [name, [, reason]] of Object.entries(fatalCheckpoints())) {
      const refusal = { code: 'model_invalid', status: 422, message: expect.stringMatching(reason) as string };
      await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject(refusal);
      await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject(refusal);
      await expect(answer(name).end).rejects.toMatchObject(refusal);
    }
    expect(apart).toEqual(Object.keys(fatalCheckpoints()).map((name) => `${name}.gguf`));
    await expect(innocent.end).resolves.toMatchObject({ finishReason: 'length', usage: { completion_tokens: 3_900 } });
    expect(host.pid).toBe(pid);
  });

  it('ends only an engine where nobody else is, and is not tried there again', async () => {
    const { answer, runtime, host } = setup();
    const [name] = Object.keys(fatalCheckpoints()) as [string];
    await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject({ code: 'model_invalid' });
    const innocent = answer('noise');
    await innocent.sink.untilPieces(1);
    const { pid } = host;
    await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject({ code: 'model_invalid' });
    await expect(innocent.end).resolves.toMatchObject({ finishReason: 'length' });
    expect(host.pid).toBe(pid);
  });

  it('is tried again when it was replaced, and apart when it was unloaded', async () => {
    const { runtime, apart, replace, folder } = setup();
    const [name, other] = Object.keys(fatalCheckpoints()) as [string, string];
    for (const file of [name, other]) await expect(runtime.load(`${file}.gguf`)).rejects.toMatchObject({ code: 'model_invalid' });
    await runtime.unload(`${other}.gguf`);
    expect(runtime.status(`${other}.gguf`)).toMatchObject({ status: 'unloaded', error: null });
    apart.splice(0);
    await expect(runtime.load(`${other}.gguf`)).rejects.toMatchObject({ code: 'model_invalid' });
    expect(apart).toEqual([`${other}.gguf`]);
    replace(name, noiseModel());
    while ((await folder.list()).find((file) => file.name === `${name}.gguf`)?.status === 'failed') await new Promise((resolve) => setImmediate(resolve));
    await runtime.load(`${name}.gguf`);
    expect(runtime.status(`${name}.gguf`).status).toBe('loaded');
  });
});

describe('a sound file', () => {
  it('is tried out apart before it comes beside another, and once only', async () => {
    const { runtime, apart } = setup();
    await runtime.load('noise.gguf');
    expect(apart).toEqual([]);
    const seen: number[] = [];
    await runtime.load('other.gguf', (progress) => seen.push(progress));
    expect(apart).toEqual(['other.gguf']);
    expect(seen).toEqual([...seen].sort((one, next) => one - next));
    await runtime.unload('other.gguf');
    await runtime.load('other.gguf');
    expect(apart).toEqual(['other.gguf']);
  });

  it('is no longer waited for once its load is stopped, and its trial ends', async () => {
    const { runtime, apart } = setup();
    await runtime.load('noise.gguf');
    const stopped = expect(runtime.load('other.gguf')).rejects.toMatchObject({ code: 'model_unloaded' });
    while (apart.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await runtime.cancelLoading('other.gguf');
    await stopped;
    expect(runtime.status('other.gguf').status).toBe('unloaded');
  });
});

guardLeaks();
