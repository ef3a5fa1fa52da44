import { computed, inject, Injectable, signal } from '@angular/core';
import { type ComparisonRow } from '@tandem/shared/contracts';
import { Latest, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { KeptComparisons } from '@tandem/web/data-access/kept';
import { KeptRemovals } from './kept-removals';

/** The comparisons of the server that are looked for, page by page. What is looked for later takes the place of what was asked before. */
@Injectable()
export class KeptListStore {
  private readonly kept = inject(KeptComparisons);
  private readonly removals = inject(KeptRemovals);

  private readonly _query = signal('');
  private readonly _model = signal('');
  private readonly read = signal<readonly ComparisonRow[]>([]);
  private readonly next = signal<string | null>(null);
  private readonly _isReading = signal(false);
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly latest = new Latest();

  readonly query = this._query.asReadonly();
  /** Id of the model that is looked for; empty for all. */
  readonly model = this._model.asReadonly();
  readonly rows = computed(() => this.read().filter(({ id }) => !this.removals.hidden().has(id)));
  readonly isReading = this._isReading.asReadonly();
  readonly hasMore = computed(() => this.next() !== null);
  /** Why the list is not there, or not changed. */
  readonly fault = computed(() => this._fault() ?? this.removals.fault());

  find(query: string): Promise<void> {
    this._query.set(query);
    return this.load();
  }

  ofModel(model: string): Promise<void> {
    this._model.set(model);
    return this.load();
  }

  load(): Promise<void> {
    return this.readOn(undefined);
  }

  /** The next page; nothing while one is read. */
  async more(): Promise<void> {
    const cursor = this.next();
    if (cursor !== null && !this._isReading()) await this.readOn(cursor);
  }

  async rename(id: string, title: string): Promise<void> {
    try {
      const changed = await this.kept.change(id, { title });
      this._fault.set(undefined);
      this.read.update((rows) => rows.map((row) => (row.id === id ? { ...row, title: changed.title } : row)));
    } catch (failure) {
      this._fault.set(faultOf(failure));
    }
  }

  remove(id: string): void {
    const row = this.read().find((each) => each.id === id);
    if (row) this.removals.remove(row);
  }

  private async readOn(cursor: string | undefined): Promise<void> {
    const isLatest = this.latest.begin();
    this._isReading.set(true);
    try {
      const page = await this.kept.list({ query: this._query().trim(), model: this._model(), ...(cursor === undefined ? {} : { cursor }) });
      if (!isLatest()) return;
      this.read.update((rows) => (cursor === undefined ? page.comparisons : [...rows, ...page.comparisons]));
      this.next.set(page.next_cursor);
      this._fault.set(undefined);
    } catch (failure) {
      if (isLatest()) this._fault.set(faultOf(failure));
    } finally {
      if (isLatest()) this._isReading.set(false);
    }
  }
}

function faultOf(failure: unknown): RunFault {
  return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
}
