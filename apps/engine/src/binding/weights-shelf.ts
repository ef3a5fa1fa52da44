import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import type { Llama } from 'node-llama-cpp';
import type { TemplateProcess } from '../template-process';
import { filesVersion } from './files-version';
import { unlessAborted } from './unless-aborted';
import { Weights } from './weights';

type ProgressListener = (progress: number) => void;

/** One seat's claim on weights; they go when the last claim is released. */
export interface WeightsHold {
  readonly weights: Weights;
  /** Resolves when what nobody holds any more is gone. */
  release(): Promise<void>;
}

interface Entry {
  readonly opened: Promise<Weights>;
  readonly stop: AbortController;
  readonly listeners: Set<ProgressListener>;
  holders: number;
  progress: number;
}

/** The weights in memory by their files: one copy, however many seats are over it. */
export class WeightsShelf {
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
    const entry = this.entries.get(key) ?? this.open(key, paths);
    entry.holders++;
    entry.listeners.add(onProgress);
    onProgress(entry.progress);
    try {
      const weights = await unlessAborted(entry.opened, signal);
      return { weights, release: () => this.release(key, entry) };
    } catch (thrown) {
      await this.release(key, entry);
      throw thrown;
    } finally {
      entry.listeners.delete(onProgress);
    }
  }

  private open(key: string, paths: CheckpointPaths): Entry {
    const stop = new AbortController();
    const entry: Entry = {
      opened: this.load(paths, stop.signal, (progress) => announce(entry, progress)),
      stop,
      listeners: new Set(),
      holders: 0,
      progress: 0,
    };
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
    this.entries.delete(key);
    entry.stop.abort(new Error('nobody waits for it any more'));
    const gone = entry.opened.then(
      (weights) => weights.dispose(),
      () => undefined,
    );
    const closing = gone.finally(() => this.closings.delete(key));
    this.closings.set(key, closing);
    return closing;
  }
}

function announce(entry: Entry, progress: number): void {
  entry.progress = progress;
  for (const listener of entry.listeners) listener(progress);
}
