import { Component, computed, inject, output, signal, viewChild } from '@angular/core';
import { fileName, Icon, Menu, type MenuItem, saveFile } from '@tandem/web/design';
import { CompareStore } from '../compare-store';
import { asMarkdown } from './as-markdown';
import { ComparisonArchive, type Keeping } from './comparison-archive';
import { ComparisonKeeper } from './comparison-keeper';
import { type ComparisonSummary, isFound } from './comparison-record';
import { HistoryRow } from './history-row';

const ACTIONS: readonly MenuItem[] = [
  { id: 'rename', label: 'Rename', icon: 'pencil' },
  { id: 'json', label: 'Export as JSON', icon: 'download' },
  { id: 'markdown', label: 'Export as Markdown', icon: 'download' },
  { id: 'delete', label: 'Delete', icon: 'trash' },
];

const KEPT: Readonly<Record<Keeping, string>> = {
  yes: '',
  unavailable: 'This browser lets the page store nothing: comparisons last until it is closed or reloaded. Export what you want to keep.',
  full: 'This browser’s storage is full: what is asked now lasts until the page is closed. Delete comparisons, or export what you want to keep.',
};

/** All comparisons of this browser: found, opened, named, taken along and deleted. */
@Component({
  selector: 'tandem-history-sidebar',
  imports: [HistoryRow, Icon, Menu],
  templateUrl: './history-sidebar.html',
  styleUrl: './history-sidebar.css',
})
export class HistorySidebar {
  private readonly archive = inject(ComparisonArchive);
  private readonly keeper = inject(ComparisonKeeper);
  protected readonly store = inject(CompareStore);

  /** One was chosen: where the list covers the page, it may go. */
  readonly done = output();

  protected readonly actions = ACTIONS;
  protected readonly query = signal('');
  protected readonly found = computed(() => this.archive.list().filter((summary) => isFound(summary, this.query())));
  protected readonly isEmpty = computed(() => this.archive.list().length === 0);
  protected readonly kept = computed(() => KEPT[this.archive.keeping()]);
  protected readonly menuFor = signal<string | undefined>(undefined);
  protected readonly renaming = signal<string | undefined>(undefined);
  private readonly menu = viewChild.required(Menu);

  constructor() {
    void this.archive.load();
  }

  protected find(query: string): void {
    this.query.set(query);
  }

  protected async show({ id }: ComparisonSummary): Promise<void> {
    if (id !== this.store.id()) await this.keeper.show(id);
    this.done.emit();
  }

  protected openMenu(id: string, anchor: Element): void {
    this.menuFor.set(id);
    this.menu().openAt(anchor);
  }

  protected act(action: string): void {
    const id = this.menuFor();
    if (id === undefined) return;
    if (action === 'rename') this.renaming.set(id);
    else if (action === 'delete') void this.keeper.remove(id);
    else void this.export(id, action);
  }

  protected rename(id: string, title: string | undefined): void {
    this.renaming.set(undefined);
    if (title !== undefined) void this.archive.rename(id, title);
  }

  private async export(id: string, as: string): Promise<void> {
    const record = await this.archive.get(id);
    if (!record) return;
    if (as === 'markdown') saveFile(fileName(record.title, 'md'), 'text/markdown', asMarkdown(record));
    else saveFile(fileName(record.title, 'json'), 'application/json', JSON.stringify(record, null, 2));
  }
}
