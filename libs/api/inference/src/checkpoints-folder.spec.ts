import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompletionSink } from '@tandem/api/completion';
import type { Checkpoint } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, ggufBytes, noiseModel, STRING, tinyMetadataWith, tinyTensors, until } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const closeLater = closeAfterEach();

async function setup(prepare: (path: string) => void = () => undefined, changes: Parameters<typeof openInference>[1] = {}) {
  const { path, remove } = temporaryFolder();
  prepare(path);
  const inference = openInference(path, changes);
  closeLater(async () => {
    await inference.close();
    remove();
  });
  const { folder } = inference;
  /** Waits for news of the folder, without asking it meanwhile, until the list holds what is expected. */
  const untilNews = async (holds: (names: readonly string[], list: readonly Checkpoint[]) => boolean): Promise<readonly Checkpoint[]> => {
    for (;;) {
      const news = new Promise<void>((resolve) => {
        const subscription = folder.changes.subscribe(() => {
          subscription.unsubscribe();
          resolve();
        });
      });
      const list = await folder.list();
      if (
        holds(
          list.map(({ name }) => name),
          list,
        )
      )
        return list;
      await news;
    }
  };
  const first = await folder.list();
  return { ...inference, first, path, inside: (name: string) => join(path, name), untilNews };
}

function model(changes: Record<string, string>): Buffer {
  const metadata = tinyMetadataWith(Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, [key, STRING, value]])));
  return ggufBytes({ metadata, tensors: tinyTensors() });
}

describe('CheckpointsFolder', () => {
  it('notices files and folders that are added, replaced and removed', async () => {
    // what is asked for is good for an hour: only the watch can tell
    const { inside, untilNews } = await setup(undefined, { freshSeconds: 3_600 });
    writeFileSync(inside('a.gguf'), noiseModel());
    await untilNews((names) => names.includes('a.gguf'));
    mkdirSync(inside('rl/deep'), { recursive: true });
    writeFileSync(inside('rl/deep/b.gguf'), noiseModel());
    await untilNews((names) => names.includes('rl/deep/b.gguf'));
    await untilNews((_, list) => list.every(({ architecture }) => architecture === 'llama'));
    writeFileSync(inside('c'), 'GGUF');
    renameSync(inside('c'), inside('a.gguf'));
    await untilNews((_, [first]) => first?.loadable === false);
    unlinkSync(inside('a.gguf'));
    rmSync(inside('rl'), { recursive: true });
    await untilNews((names) => names.length === 0);
  });

  it('takes a file that is still being copied once it is complete', async () => {
    const { inside, untilNews, runtime } = await setup();
    const bytes = noiseModel();
    writeFileSync(inside('growing.gguf'), bytes.subarray(0, 60_000));
    const [half] = await untilNews((_, [file]) => file?.loadable === false);
    expect(half?.reason).toContain('not copied completely');
    await expect(runtime.load('growing.gguf')).rejects.toMatchObject({ code: 'model_invalid' });
    writeFileSync(inside('growing.gguf'), bytes.subarray(60_000), { flag: 'a' });
    await untilNews((_, [file]) => file?.loadable === true && file.architecture === 'llama');
    await runtime.load('growing.gguf');
    expect(runtime.status('growing.gguf').status).toBe('loaded');
  });

  it('gives a model that failed another chance when its file changes', async () => {
    const { inside, runtime } = await setup((path) => writeFileSync(join(path, 'a.gguf'), model({ 'tokenizer.ggml.model': 'nonsense' })));
    await expect(runtime.load('a.gguf')).rejects.toMatchObject({ code: 'model_invalid' });
    expect(runtime.status('a.gguf').status).toBe('failed');
    writeFileSync(inside('b'), noiseModel());
    renameSync(inside('b'), inside('a.gguf'));
    while (runtime.status('a.gguf').status !== 'unloaded') await new Promise((resolve) => setImmediate(resolve));
    await runtime.load('a.gguf');
  });

  it('sees what was written a moment before it is asked', async () => {
    const { inside, folder } = await setup((path) => writeFileSync(join(path, 'a.gguf'), 'x'));
    for (let count = 0; count < 5; count += 1) {
      copyFileSync(inside('a.gguf'), inside(`copy-${count}.gguf`));
      while (!(await folder.list()).some(({ name }) => name === `copy-${count}.gguf`)) await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('begins to watch a folder that was not there at the start, and looks again when it was removed meanwhile', async () => {
    const { path, folder, untilNews } = await setup((path) => rmSync(path, { recursive: true }), { freshSeconds: 1 });
    expect(await folder.list()).toEqual([]);
    for (let time = 0; time < 2; time += 1) {
      mkdirSync(path);
      writeFileSync(join(path, 'a.gguf'), noiseModel());
      while ((await folder.list()).length === 0) await new Promise((resolve) => setImmediate(resolve));
      rmSync(path, { recursive: true });
      while ((await folder.list()).length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await untilNews((names) => names.length === 0);
    // a change that nobody was told of is seen a second later
  });

  it('lists 5000 files before their headers are read, notices one more, and follows no link out of the folder', async () => {
    const { folder, first, untilNews, inside } = await setup((path) => {
      for (let index = 0; index < 5_000; index += 1) writeFileSync(join(path, `${index}.gguf`), 'x');
      symlinkSync('/', join(path, 'everything'));
    });
    expect(first).toHaveLength(5_000);
    // no header of these lets a file be loaded
    expect(first.every(({ loadable }) => loadable)).toBe(true);
    writeFileSync(inside('one-more.gguf'), 'x');
    await untilNews((names) => names.includes('one-more.gguf'));
    expect(await folder.list()).toHaveLength(5_001);
  });
});

describe('a checkpoint whose file is replaced while it answers', () => {
  it('finishes its answers, and is loaded anew for the next', async () => {
    const { inside, untilNews, folder, runtime } = await setup((path) => writeFileSync(join(path, 'a.gguf'), noiseModel()));
    const ask = (max_tokens: number, hold: CompletionSink['hold'] = () => undefined) => {
      const sink = Object.assign(collect(), { hold });
      const request = completionRequest('Go', { temperature: 0, max_tokens });
      return { sink, end: runtime.sourceFor('a.gguf').complete(request, sink, new AbortController().signal) };
    };
    let goOn = (): void => undefined;
    const old = ask(3_900, (flow) => {
      flow.pause();
      goOn = () => flow.resume();
    });
    await until(() => old.sink.phases.includes('prompt'));
    const before = folder.versionOf({ checkpoint: 'a.gguf' });
    writeFileSync(inside('new'), model({ 'general.name': 'new' }));
    renameSync(inside('new'), inside('a.gguf'));
    await untilNews(() => folder.versionOf({ checkpoint: 'a.gguf' }) !== before);
    const next = ask(5);
    await until(() => next.sink.phases.includes('queued'));
    goOn();
    await next.end;
    expect(next.sink.phases).toContain('loading');
    await expect(old.end).resolves.toMatchObject({ finishReason: 'length', usage: { completion_tokens: 3_900 } });
  });
});
