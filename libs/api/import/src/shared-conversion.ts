import { Fault } from '@tandem/api/faults';

/** Is told how a conversion goes, until it leaves. */
export interface ConversionWatcher {
  readonly onProgress: (progress: number) => void;
  /** Others are converted before it. */
  readonly onWait: () => void;
  /** Aborting it leaves the conversion, and waits until it has ended where nobody is left. */
  readonly signal: AbortSignal;
}

type Tell = Pick<ConversionWatcher, 'onProgress' | 'onWait'>;

/** One conversion under way, and everyone who waits for it. It is stopped when the last of them leaves. */
export class SharedConversion {
  readonly done: Promise<void>;
  private readonly watchers = new Set<ConversionWatcher>();
  private readonly stop = new AbortController();
  private progress = 0;
  private isWaiting = false;

  constructor(closing: AbortSignal, work: (signal: AbortSignal, tell: Tell) => Promise<void>) {
    const tell: Tell = {
      onProgress: (progress) => {
        [this.progress, this.isWaiting] = [progress, false];
        for (const watcher of this.watchers) watcher.onProgress(progress);
      },
      onWait: () => {
        this.isWaiting = true;
        for (const watcher of this.watchers) watcher.onWait();
      },
    };
    this.done = work(AbortSignal.any([this.stop.signal, closing]), tell);
  }

  /** It cannot be joined any more. */
  get isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  async join(watcher: ConversionWatcher): Promise<void> {
    const { signal } = watcher;
    signal.throwIfAborted();
    this.watchers.add(watcher);
    if (this.isWaiting) watcher.onWait();
    else watcher.onProgress(this.progress);
    const leave = (): void => this.leave(watcher);
    signal.addEventListener('abort', leave, { once: true });
    try {
      const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      await Promise.race([this.done, left]);
      // The last one to leave waits until nothing is left of it.
      if (signal.aborted && this.stop.signal.aborted) await this.done.catch(() => undefined);
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', leave);
      this.watchers.delete(watcher);
    }
  }

  private leave(watcher: ConversionWatcher): void {
    this.watchers.delete(watcher);
    if (this.watchers.size === 0) this.stop.abort(new Fault('model_unloaded', 'Nobody waits for this conversion any more.', { retryable: true }));
  }
}
