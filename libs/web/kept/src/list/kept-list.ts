import { Component, computed, inject, input, output } from '@angular/core';
import { type ComparisonRow } from '@tandem/shared/contracts';
import { CatalogueStore } from '@tandem/web/data-access';
import { Icon } from '@tandem/web/design';
import { type ExportForm, type HistoryEntry, type HistoryNames, HistorySidebar } from '@tandem/web/history';
import { groupByDay } from '@tandem/web/history/records';
import { KeptListStore } from './kept-list-store';

const NAMES: HistoryNames = { one: 'comparison', many: 'comparisons', done: 'kept', notFound: 'No kept comparison matches' };

/** The comparisons that the server keeps: found, read, renamed, taken along and deleted. */
@Component({
  selector: 'tandem-kept-list',
  imports: [HistorySidebar, Icon],
  providers: [KeptListStore],
  templateUrl: './kept-list.html',
  styleUrl: './kept-list.css',
})
export class KeptList {
  protected readonly store = inject(KeptListStore);
  private readonly catalogue = inject(CatalogueStore);

  /** Id of the one that is shown. */
  readonly shown = input<string>();
  /** One was chosen: where the list covers the page, it may go. */
  readonly done = output();

  protected readonly names = NAMES;
  protected readonly cards = this.catalogue.cards;
  protected readonly groups = computed(() =>
    groupByDay(
      this.store.rows().map((row) => this.entryOf(row)),
      Date.now(),
    ),
  );

  constructor() {
    void this.store.load();
  }

  /** The browser saves what the server sends. */
  protected export({ id, as }: ExportForm): void {
    const link = document.createElement('a');
    link.href = `api/comparisons/${id}/export?format=${as === 'markdown' ? 'md' : 'json'}`;
    link.download = '';
    link.click();
  }

  private entryOf({ id, title, created_at, baseline, derivative, turn_count }: ComparisonRow): HistoryEntry {
    const [left, right] = [baseline, derivative].map((model) => this.catalogue.byId().get(model)?.title ?? model);
    const facts = `${turn_count === 1 ? '1 turn' : `${turn_count} turns`} · ${left} | ${right}`;
    return { id, title, updatedAtMs: Date.parse(created_at), link: `/comparisons/${id}`, facts };
  }
}
