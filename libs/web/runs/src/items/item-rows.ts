import { computed, signal } from '@angular/core';
import type { RunItem } from '@tandem/shared/contracts';
import { type ItemList, Latest, type RunFault, type RunRequests } from '@tandem/web/data-access';
import { faultOf } from '../words/fault-of';

/** So many rows are read anew by themselves while a run goes on; where more are there, a person says when. */
const FRESH_ROWS = 300;

/** The items of a run in one order, as far as they were read: more come when the last of them is near. */
export class ItemRows {
  private readonly _items = signal<readonly RunItem[] | undefined>(undefined);
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly _isLoading = signal(false);
  private readonly _list = signal<ItemList>({ sort: 'id', filter: undefined });
  private readonly next = signal<string | null>(null);
  private readonly latest = new Latest();

  constructor(
    private readonly requests: Pick<RunRequests, 'items'>,
    private readonly run: string,
  ) {}

  /** Undefined until the first are known. */
  readonly items = this._items.asReadonly();
  readonly list = this._list.asReadonly();
  readonly fault = this._fault.asReadonly();
  readonly isLoading = this._isLoading.asReadonly();
  readonly hasMore = computed(() => this.next() !== null);
  /** Whether so many are there that they are not read anew by themselves. */
  readonly isLong = computed(() => (this._items()?.length ?? 0) > FRESH_ROWS);

  /** In another order, or others. */
  show(list: ItemList): Promise<void> {
    this._list.set(list);
    this._items.set(undefined);
    return this.refresh();
  }

  /** Reads all that are there anew; they stay until the new ones are. */
  async refresh(): Promise<void> {
    const wanted = this._items()?.length ?? 1;
    await this.read(null, wanted, (found) => found);
  }

  /** The next page; one at a time. */
  async more(): Promise<void> {
    const cursor = this.next();
    if (cursor === null || this._isLoading()) return;
    await this.read(cursor, 1, (found) => [...(this._items() ?? []), ...found]);
  }

  private async read(from: string | null, wanted: number, put: (found: readonly RunItem[]) => readonly RunItem[]): Promise<void> {
    const isLatest = this.latest.begin();
    this._isLoading.set(true);
    this._fault.set(undefined);
    try {
      const found: RunItem[] = [];
      let cursor = from;
      do {
        const page = await this.requests.items(this.run, this._list(), cursor);
        if (!isLatest()) return;
        found.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor !== null && found.length < wanted);
      this._items.set(put(found));
      this.next.set(cursor);
    } catch (failure) {
      if (isLatest()) this._fault.set(faultOf(failure));
    }
    if (isLatest()) this._isLoading.set(false);
  }
}
