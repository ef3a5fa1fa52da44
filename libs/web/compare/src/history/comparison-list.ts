import { Component, computed, inject, output, signal } from '@angular/core';
import { type HistoryEntry, HistorySidebar, KeepingNote, TransferBar } from '@tandem/web/history';
import { groupByDay } from '@tandem/web/history/records';
import { CompareStore } from '../compare-store';
import { ComparisonTransfer } from '../transfer/comparison-transfer';
import { ComparisonArchive } from './comparison-archive';
import { ComparisonKeeper } from './comparison-keeper';
import { COMPARISONS } from './comparison-names';
import { type ComparisonSummary, isFound } from './comparison-record';

/** All comparisons of this browser. */
@Component({
  selector: 'tandem-comparison-list',
  imports: [HistorySidebar, KeepingNote, TransferBar],
  templateUrl: './comparison-list.html',
  styleUrl: './comparison-list.css',
})
export class ComparisonList {
  protected readonly archive = inject(ComparisonArchive);
  protected readonly keeper = inject(ComparisonKeeper);
  protected readonly transfer = inject(ComparisonTransfer);
  protected readonly store = inject(CompareStore);

  /** One was chosen: where the list covers the page, it may go. */
  readonly done = output();

  protected readonly names = COMPARISONS;
  protected readonly query = signal('');
  protected readonly groups = computed(() => {
    const found = this.archive.list().filter((summary) => isFound(summary, this.query()));
    return groupByDay(found.map(entryOf), Date.now());
  });

  protected readonly take = (file: File): Promise<number> => this.transfer.import(file);

  constructor() {
    void this.archive.load();
  }

  protected async show(id: string): Promise<void> {
    if (id !== this.store.id()) await this.keeper.show(id);
    this.done.emit();
  }
}

function entryOf({ id, title, updatedAtMs, modelTitles }: ComparisonSummary): HistoryEntry {
  const when = new Date(updatedAtMs);
  const isToday = when.toDateString() === new Date().toDateString();
  const moment = isToday ? when.toLocaleTimeString('en', { timeStyle: 'short' }) : when.toLocaleDateString('en', { dateStyle: 'medium' });
  return { id, title, updatedAtMs, facts: [modelTitles.filter(Boolean).join(' | '), moment].filter(Boolean).join(' · ') };
}
