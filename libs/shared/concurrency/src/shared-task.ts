import { untilAborted } from './until-aborted';

/**
 * One piece of work that several wait for, each told how it goes. It is stopped when the last of them leaves; that one
 * waits until it is over. `News`: what is told, of which whoever comes later gets the last.
 */
export class SharedTask<Result, News> {
  readonly done: Promise<Result>;
  private readonly listeners = new Set<(news: News) => void>();
  private readonly stop = new AbortController();
  private last: News | undefined;
  private isOver = false;

  /** `work` begins at once; its signal is aborted with `whyStopped` where nobody waits any more. */
  constructor(
    work: (signal: AbortSignal, tell: (news: News) => void) => Promise<Result>,
    private readonly whyStopped: () => Error,
  ) {
    this.done = work(this.stop.signal, (news) => {
      this.last = news;
      for (const listener of this.listeners) listener(news);
    });
    // everyone who waited may have left
    void this.done.catch(() => undefined).finally(() => (this.isOver = true));
  }

  /** Nobody waits any more: it cannot be joined. */
  get isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  /** Rejects with the signal's reason when that is aborted first, which leaves the task. */
  async join(onNews: (news: News) => void, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    // one of its own, since two may listen with the same function
    const listener = (news: News): void => onNews(news);
    this.listeners.add(listener);
    if (this.last !== undefined) onNews(this.last);
    try {
      return await untilAborted(this.done, signal);
    } finally {
      this.listeners.delete(listener);
      if (signal.aborted && this.listeners.size === 0 && !this.isOver) await this.end();
    }
  }

  private async end(): Promise<void> {
    this.stop.abort(this.whyStopped());
    await this.done.catch(() => undefined);
  }
}
