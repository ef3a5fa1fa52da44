import type { Llama, LlamaModelOptions } from 'node-llama-cpp';
import { TemplateProcess } from '../template-process';
import { SharedWeights } from './shared-weights';

/** A binding whose loads end when told, or when they are stopped. */
function setup() {
  const loads: { readonly options: LlamaModelOptions; readonly finish: () => void; isDisposed: boolean }[] = [];
  const llama = {
    loadModel: (options: LlamaModelOptions) =>
      new Promise((resolve, reject) => {
        const load = { options, isDisposed: false, finish: () => resolve(model) };
        const model = {
          fileInfo: { metadata: {} },
          memoryUsage: { ram: 7, vram: 0 },
          dispose: () => Promise.resolve(void (load.isDisposed = true)),
        };
        options.loadSignal?.addEventListener('abort', () => reject(new Error('aborted')));
        loads.push(load);
      }),
  };
  const shared = new SharedWeights(llama as unknown as Llama, new TemplateProcess());
  const hold = (path: string, signal = new AbortController().signal, onProgress: (progress: number) => void = () => undefined) =>
    shared.hold([path], onProgress, signal);
  return { loads, shared, hold };
}

describe('SharedWeights', () => {
  it('loads files once for all who hold them, and lets go with the last', async () => {
    const { loads, hold } = setup();
    const [one, two] = [hold('a'), hold('a')];
    loads[0]?.finish();
    const holds = [await one, await two] as const;
    expect(loads).toHaveLength(1);
    expect(holds[0].weights).toBe(holds[1].weights);
    await holds[0].release();
    expect(loads[0]?.isDisposed).toBe(false);
    await holds[1].release();
    expect(loads[0]?.isDisposed).toBe(true);
  });

  it('tells who comes later how far it is', async () => {
    const { loads, hold } = setup();
    void hold('a');
    loads[0]?.options.onLoadProgress?.(0.4);
    const seen: number[] = [];
    void hold('a', undefined, (progress) => seen.push(progress));
    loads[0]?.options.onLoadProgress?.(0.6);
    expect(seen).toEqual([0.4, 0.6]);
  });

  it('stops a load when the last who waits gives up, and not before', async () => {
    const { loads, hold } = setup();
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [hold('a', one.signal), hold('a', two.signal)];
    one.abort(new Error('one left'));
    await expect(waiting[0]).rejects.toThrow('one left');
    expect(loads[0]?.options.loadSignal?.aborted).toBe(false);
    two.abort(new Error('two left'));
    await expect(waiting[1]).rejects.toThrow('two left');
    expect(loads[0]?.options.loadSignal?.aborted).toBe(true);
  });

  it('loads again after a load that was stopped, once that is over', async () => {
    const { loads, hold } = setup();
    const impatient = new AbortController();
    const stopped = hold('a', impatient.signal);
    impatient.abort(new Error('left'));
    await expect(stopped).rejects.toThrow('left');
    const again = hold('a');
    expect(loads).toHaveLength(2);
    loads[1]?.finish();
    expect((await again).weights.memoryBytes).toBe(7);
  });

  it('gives a failure to all who wait, and tries anew for the next', async () => {
    const { loads, hold } = setup();
    const waiting = [hold('a'), hold('a')];
    (loads[0]?.options.loadSignal as AbortSignal).dispatchEvent(new Event('abort'));
    await expect(waiting[0]).rejects.toThrow('aborted');
    await expect(waiting[1]).rejects.toThrow('aborted');
    void hold('a');
    expect(loads).toHaveLength(2);
  });
});
