import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Icon, Menu, type MenuItem } from '@tandem/web/design';
import { Transfer } from '../transfer/transfer';
import { UnreadableFile } from '../transfer/read-chat-file';
import { ConversationRow } from './conversation-row';
import { HistoryStore } from './history-store';
import { KeepingNote } from './keeping-note';

/** How many rows are there at first, and how many more when the list is scrolled to its end. */
const ROWS = 60;
const NEAR_PX = 400;

const ACTIONS: readonly MenuItem[] = [
  { id: 'rename', label: 'Rename', icon: 'pencil' },
  { id: 'json', label: 'Export as JSON', icon: 'download' },
  { id: 'markdown', label: 'Export as Markdown', icon: 'download' },
  { id: 'delete', label: 'Delete', icon: 'trash' },
];

/** All conversations of this browser: found, opened, named, taken along and deleted. */
@Component({
  selector: 'tandem-sidebar',
  imports: [Button, ConversationRow, Icon, KeepingNote, Menu, RouterLink],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
})
export class Sidebar {
  protected readonly history = inject(HistoryStore);
  private readonly transfer = inject(Transfer);

  /** Id of the conversation that is shown. */
  readonly open = input<string>();
  readonly running = input<ReadonlySet<string>>(new Set());
  readonly rename = output<{ readonly id: string; readonly title: string }>();
  readonly delete = output<string>();
  /** Something was chosen: where the list covers the page, it may go. */
  readonly done = output();

  protected readonly actions = ACTIONS;
  protected readonly menuFor = signal<string | undefined>(undefined);
  protected readonly renaming = signal<string | undefined>(undefined);
  protected readonly news = signal('');
  protected readonly fault = signal('');
  private readonly rows = signal(ROWS);
  protected readonly groups = computed(() => {
    let left = this.rows();
    return this.history.groups().flatMap(({ name, conversations }) => {
      const shown = conversations.slice(0, Math.max(0, left));
      left -= shown.length;
      return shown.length > 0 ? [{ name, conversations: shown }] : [];
    });
  });
  protected readonly matches = computed(() => this.history.groups().reduce((sum, { conversations }) => sum + conversations.length, 0));

  private readonly menu = viewChild.required(Menu);

  protected search(text: string): void {
    this.rows.set(ROWS);
    void this.history.search(text);
  }

  protected showMore({ scrollTop, clientHeight, scrollHeight }: Element): void {
    if (scrollHeight - clientHeight - scrollTop < NEAR_PX && this.rows() < this.matches()) this.rows.update((rows) => rows + ROWS);
  }

  /** The open one leads nowhere else: where the list covers the page, its link uncovers it. */
  protected leave(id: string, { target }: Event): void {
    if (id === this.open() && target instanceof Element && target.closest('a')) this.done.emit();
  }

  protected openMenu(id: string, anchor: Element): void {
    this.menuFor.set(id);
    this.menu().openAt(anchor);
  }

  protected isMenuOf(id: string): boolean {
    return this.menuFor() === id && this.menu().isOpen();
  }

  protected act(action: string): void {
    const id = this.menuFor();
    if (id === undefined) return;
    if (action === 'rename') this.renaming.set(id);
    else if (action === 'delete') this.delete.emit(id);
    else void this.transfer.exportOne(id, action === 'markdown' ? 'markdown' : 'json');
  }

  protected endRename(id: string, title: string | undefined): void {
    this.renaming.set(undefined);
    if (title !== undefined) this.rename.emit({ id, title });
  }

  protected exportAll(): void {
    void this.transfer.exportAll();
  }

  protected async import(box: HTMLInputElement): Promise<void> {
    const file = box.files?.[0];
    if (!file) return;
    this.news.set('');
    this.fault.set('');
    try {
      const count = await this.transfer.importFile(file);
      this.news.set(count === 1 ? '1 conversation imported' : `${count} conversations imported`);
    } catch (failure) {
      this.fault.set(failure instanceof UnreadableFile ? failure.message : 'This file could not be read. Nothing was imported.');
    }
    // the same file can be chosen again
    box.value = '';
  }
}
