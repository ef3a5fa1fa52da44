import { Component, input, signal } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';
import { type HistoryNames } from './entry';
import { UnreadableFile } from './unreadable-file';

/** Files into a history, and what came of it; beside that, whatever its page offers. */
@Component({
  selector: 'tandem-transfer-bar',
  imports: [Button, Icon],
  templateUrl: './transfer-bar.html',
  styleUrl: './transfer-bar.css',
})
export class TransferBar {
  readonly names = input.required<HistoryNames>();
  /** Takes in all of a file, and gives how many came; or, with an UnreadableFile, nothing of it. */
  readonly take = input.required<(file: File) => Promise<number>>();

  protected readonly news = signal('');
  protected readonly fault = signal('');

  protected async import(box: HTMLInputElement): Promise<void> {
    const file = box.files?.[0];
    if (!file) return;
    this.news.set('');
    this.fault.set('');
    try {
      const count = await this.take()(file);
      const { one, many } = this.names();
      this.news.set(count === 1 ? `1 ${one} imported` : `${count} ${many} imported`);
    } catch (failure) {
      this.fault.set(failure instanceof UnreadableFile ? failure.message : 'This file could not be read. Nothing was imported.');
    }
    // the same file can be chosen again
    box.value = '';
  }
}
