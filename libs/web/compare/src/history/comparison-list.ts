import { Component, computed, inject, output, signal } from '@angular/core';
import { type Choice, Choices } from '@tandem/web/design';
import { type HistoryEntry, HistorySidebar, KeepingNote, TransferBar } from '@tandem/web/history';
import { groupByDay } from '@tandem/web/history/records';
import { KeptList } from '@tandem/web/kept';
import { CompareStore } from '../compare-store';
import { ComparisonTransfer } from '../transfer/comparison-transfer';
import { ComparisonArchive } from './comparison-archive';
import { ComparisonKeeper } from './comparison-keeper';
import { COMPARISONS } from './comparison-names';
import { type ComparisonSummary, isFound } from './comparison-record';

type Part = 'browser' | 'server';

const PARTS: readonly Choice<Part>[] = [
  { value: 'browser', label: 'This browser' },
  { value: 'server', label: 'On the server' },
];

const SENTENCES: Readonly<Record<Part, string>> = {
  browser: 'All that was asked here; in this browser alone, nobody else sees it.',
  server: 'What somebody chose to keep: whoever may use this server can read, rename and delete it.',
};

/** The comparisons of this browser, and those that the server keeps: which is which is said. */
@Component({
  selector: 'tandem-comparison-list',
  imports: [Choices, HistorySidebar, KeptList, KeepingNote, TransferBar],
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
  protected readonly parts = PARTS;
  protected readonly part = signal<Part>('browser');
  protected readonly sentence = computed(() => SENTENCES[this.part()]);
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
  return { id, title, updatedAtMs, facts: [moment, modelTitles.filter(Boolean).join(' | ')].filter(Boolean).join(' · ') };
}
