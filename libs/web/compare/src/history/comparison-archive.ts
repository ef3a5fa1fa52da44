import { Service, signal } from '@angular/core';
import { type Keeping } from '@tandem/web/history/records';
import { type ComparisonDatabase } from './comparison-database';
import { type ComparisonRecord, type ComparisonSummary, type Saved } from './comparison-record';

/** The comparisons of this browser. What its storage does not take is held as long as the page lives. */
@Service()
export class ComparisonArchive {
  private readonly _list = signal<readonly ComparisonSummary[]>([]);
  private readonly _keeping = signal<Keeping>('yes');
  private readonly held = new Map<string, ComparisonRecord>();
  private readonly channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('tandem-compare');
  private readonly listeners = new Set<(id: string) => void>();
  private opening: Promise<ComparisonDatabase> | undefined;

  /** The newest first. */
  readonly list = this._list.asReadonly();
  readonly keeping = this._keeping.asReadonly();

  constructor() {
    this.channel?.addEventListener('message', ({ data: id }: MessageEvent<string>) => {
      void this.load();
      for (const listener of this.listeners) listener(id);
    });
  }

  async load(): Promise<void> {
    const kept = (await this.read((database) => database.list())) ?? [];
    const all = new Map([...kept, ...this.held.values()].map((summary) => [summary.id, summary]));
    this._list.set([...all.values()].sort((a, b) => b.updatedAtMs - a.updatedAtMs));
  }

  async get(id: string): Promise<ComparisonRecord | undefined> {
    return this.held.get(id) ?? (await this.read((database) => database.get(id)));
  }

  /** Tells of comparisons that other pages of this browser change, as long as the page lives. */
  listen(listener: (id: string) => void): void {
    this.listeners.add(listener);
  }

  /**
   * Gives the record as it is kept now; or, writing nothing, the one that another page wrote since this one was read. What
   * the storage does not take is held.
   */
  async save(record: ComparisonRecord): Promise<Saved> {
    let saved: Saved = { written: record };
    try {
      const database = await this.open();
      saved = await database.put(record);
      this.held.delete(record.id);
      this._keeping.set('yes');
    } catch (failure) {
      this.held.set(record.id, record);
      this._keeping.set(failure instanceof DOMException && failure.name === 'QuotaExceededError' ? 'full' : 'unavailable');
    }
    await this.tell(record.id);
    return saved;
  }

  async rename(id: string, title: string): Promise<void> {
    const held = this.held.get(id);
    if (held) this.held.set(id, { ...held, title, isNamed: true });
    await this.read((database) => database.rename(id, title));
    await this.tell(id);
  }

  /** Gives what it removed, so that it can be put back. */
  async remove(id: string): Promise<ComparisonRecord | undefined> {
    const held = this.held.get(id);
    this.held.delete(id);
    const removed = await this.read((database) => database.remove(id));
    await this.tell(id);
    return held ?? removed;
  }

  private async tell(id: string): Promise<void> {
    this.channel?.postMessage(id);
    await this.load();
  }

  private async read<T>(work: (database: ComparisonDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(await this.open());
    } catch {
      this._keeping.set('unavailable');
      return undefined;
    }
  }

  /** A browser may have no storage, or forbid it: in a private window, or by a setting. */
  private open(): Promise<ComparisonDatabase> {
    this.opening ??= import('./comparison-database')
      .then(({ ComparisonDatabase }) => ComparisonDatabase.open(() => (this.opening = undefined)))
      .catch((failure: unknown) => {
        this.opening = undefined;
        throw failure;
      });
    return this.opening;
  }
}
