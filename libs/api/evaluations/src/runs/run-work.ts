import { Fault } from '@tandem/api/faults';
import { eachOf } from '@tandem/shared/concurrency';
import type { ItemWork } from './item-work';
import type { RunRecords } from './run-records';
import type { QueuedItem, RunSpec } from './run-spec';

/** Items that are begun beside each other: enough that no model of a pair waits for the other. */
const AT_ONCE = 12;
/** Items that are read from the store together. */
const READ = 48;

type Ending = 'finished' | 'stopped';

/**
 * Works through the items of one run that are still to be asked. Each is kept when all of it is there, so that what is cut off
 * is asked again and nothing else. Whoever starts it stops it.
 */
export class RunWork {
  private readonly leaving = new AbortController();
  private readonly abort = new AbortController();
  /** Rejects where the store, or something unforeseen, ended it. */
  readonly ended: Promise<Ending>;

  constructor(
    private readonly id: string,
    private readonly spec: RunSpec,
    private readonly records: RunRecords,
    private readonly items: ItemWork,
  ) {
    this.ended = this.work();
    this.ended.catch(() => undefined);
  }

  /** Begins nothing new; what is being asked is still kept. */
  leave(): void {
    this.leaving.abort();
  }

  /** Stops what is being asked, too. */
  stop(): void {
    this.leaving.abort();
    this.abort.abort(new Fault('server_restarting', 'The run was stopped.', { retryable: true }));
  }

  private async work(): Promise<Ending> {
    await eachOf(this.queued(), AT_ONCE, (item) => this.one(item));
    return this.isLeaving ? 'stopped' : 'finished';
  }

  private get isLeaving(): boolean {
    return this.leaving.signal.aborted;
  }

  private async *queued(): AsyncIterable<QueuedItem> {
    let after = -1;
    for (;;) {
      const items = await this.records.queuedItems(this.id, after, READ).catch((thrown: unknown) => this.fail(thrown));
      for (const item of items) {
        if (this.isLeaving) return;
        yield item;
      }
      const last = items.at(-1);
      if (last === undefined) return;
      after = last.place;
    }
  }

  private async one(item: QueuedItem): Promise<void> {
    const { signal } = this.abort;
    try {
      const result = await this.items.do(this.spec, item, signal);
      if (!signal.aborted) await this.records.finish(this.id, item.place, result);
    } catch (thrown) {
      if (!signal.aborted) this.fail(thrown);
    }
  }

  /** What is being asked is not waited for. */
  private fail(thrown: unknown): never {
    this.stop();
    throw thrown;
  }
}
