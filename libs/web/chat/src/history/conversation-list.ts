import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Icon } from '@tandem/web/design';
import { type HistoryEntry, HistorySidebar, KeepingNote, type Naming, TransferBar } from '@tandem/web/history';
import { Archive } from '../archive/archive';
import { type ConversationRecord } from '../archive/records';
import { Transfer } from '../transfer/transfer';
import { CONVERSATIONS } from './conversation-names';
import { HistoryStore } from './history-store';

/** All conversations of this browser. */
@Component({
  selector: 'tandem-conversation-list',
  imports: [Button, HistorySidebar, Icon, KeepingNote, RouterLink, TransferBar],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.css',
})
export class ConversationList {
  protected readonly archive = inject(Archive);
  protected readonly history = inject(HistoryStore);
  protected readonly transfer = inject(Transfer);

  /** Id of the conversation that is shown. */
  readonly open = input<string>();
  readonly running = input<ReadonlySet<string>>(new Set());
  readonly rename = output<Naming>();
  readonly delete = output<string>();
  /** Something was chosen: where the list covers the page, it may go. */
  readonly done = output();

  protected readonly names = CONVERSATIONS;
  protected readonly groups = computed(() =>
    this.history.groups().map(({ name, members }) => ({ name, members: members.map((conversation) => this.entryOf(conversation)) })),
  );
  protected readonly take = (file: File): Promise<number> => this.transfer.importFile(file);

  /** The open one leads nowhere else: where the list covers the page, its link uncovers it. */
  protected leave(id: string): void {
    if (id === this.open()) this.done.emit();
  }

  private entryOf({ id, title, updatedAtMs }: ConversationRecord): HistoryEntry {
    return { id, title, updatedAtMs, link: `/chat/${id}`, isRunning: this.running().has(id), excerpt: this.history.excerpts().get(id) };
  }
}
