import { SharedTask } from '@tandem/shared/concurrency';

/** What a load does first, where its files are of another format, and then. */
export type LoadStage = 'converting' | 'loading';

/** How far it is, or that it waits for others first. */
export type LoadNews = { readonly progress: number; readonly stage: LoadStage } | 'waiting';

/** Is told how a load goes. */
export interface LoadWatcher {
  readonly onProgress?: (progress: number, stage: LoadStage) => void;
  readonly onWait?: () => void;
  /** Aborted when whoever waits leaves. A conversion that nobody waits for any more is stopped; a load goes on. */
  readonly left?: AbortSignal;
}

/** Of who stays until the end. */
const NEVER = new AbortController().signal;

/** One load of a model, however many wait for it. */
export class LoadTask extends SharedTask<void, LoadNews> {
  watch({ onProgress, onWait, left = NEVER }: LoadWatcher): Promise<void> {
    return this.join((news) => (news === 'waiting' ? onWait?.() : onProgress?.(news.progress, news.stage)), left);
  }

  /** From now on it goes on, whoever leaves. */
  keep(): void {
    this.watch({}).catch(() => undefined);
  }
}
