import { SharedTask } from '@tandem/shared/concurrency';
import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import type { Llama } from 'node-llama-cpp';
import type { TemplateProcess } from '../template-process';
import { filesVersion } from './files-version';
import { Weights } from './weights';

type ProgressListener = (progress: number) => void;

/** One seat's claim on weights; they go when the last claim is released. */
export interface WeightsHold {
  readonly weights: Weights;
  /** Resolves when what nobody holds any more is gone. */
  release(): Promise<void>;
}

interface Entry {
  readonly load: SharedTask<Weights, number>;
  holders: number;
}

/** The weights in memory by their files: one copy, however many seats are over it. */
export class SharedWeights {
  private readonly entries = new Map<string, Entry>();
  private readonly closings = new Map<string, Promise<void>>();

  constructor(
    private readonly llama: Llama,
    private readonly templates: TemplateProcess,
  ) {}

  /** Loads them for the first who asks. The last who gives up waiting stops the load, and waits until that is over. */
  async hold(paths: CheckpointPaths, onProgress: ProgressListener, signal: AbortSignal): Promise<WeightsHold> {
    const key = filesVersion(paths);
    while (this.closings.has(key)) await this.closings.get(key);
    signal.throwIfAborted();
    let entry = this.entries.get(key) ?? this.open(key, paths);
    for (; entry.load.isStopping; entry = this.entries.get(key) ?? this.open(key, paths)) await entry.load.done.catch(() => undefined);
    const held = entry;
    held.holders++;
    try {
      const weights = await held.load.join(onProgress, signal);
      return { weights, release: () => this.release(key, held) };
    } catch (thrown) {
      await this.release(key, held);
      throw thrown;
    }
  }

  private open(key: string, paths: CheckpointPaths): Entry {
    const load = new SharedTask<Weights, number>(
      (signal, onProgress) => this.load(paths, signal, onProgress),
      () => new Error('nobody waits for it any more'),
    );
    const entry: Entry = { load, holders: 0 };
    this.entries.set(key, entry);
    return entry;
  }

  private async load(paths: CheckpointPaths, signal: AbortSignal, onProgress: ProgressListener): Promise<Weights> {
    // The binding finds the further parts of a split checkpoint by itself.
    const model = await this.llama.loadModel({ modelPath: paths[0] ?? '', gpuLayers: 'auto', onLoadProgress: onProgress, loadSignal: signal });
    return Weights.over(model, this.templates);
  }

  private release(key: string, entry: Entry): Promise<void> {
    if (--entry.holders > 0) return Promise.resolve();
    if (this.entries.get(key) === entry) this.entries.delete(key);
    const gone = entry.load.done.then(
      (weights) => weights.dispose(),
      () => undefined,
    );
    const closing = gone.finally(() => this.closings.delete(key));
    this.closings.set(key, closing);
    return closing;
  }
}
