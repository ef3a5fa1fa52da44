import { inject, Service } from '@angular/core';
import { Archive } from '../archive/archive';
import { type WholeConversation } from '../archive/records';
import { withNewIds } from '../tree/with-new-ids';
import { asMarkdown } from './as-markdown';
import { toChatFile } from './chat-file';
import { readChatFile } from './read-chat-file';
import { fileName, saveFile } from '@tandem/web/design';
import { checkSize } from '@tandem/web/history/records';

/** Conversations to files and back. Nothing that is in a file ever takes the place of something that is here. */
@Service()
export class Transfer {
  private readonly archive = inject(Archive);

  async exportOne(id: string, as: 'json' | 'markdown'): Promise<void> {
    const whole = await this.archive.whole(id);
    if (!whole) return;
    const { title } = whole.conversation;
    if (as === 'markdown') saveFile(fileName(title, 'md'), 'text/markdown', asMarkdown(whole));
    else this.saveJson([whole], fileName(title, 'json'));
  }

  async exportAll(): Promise<void> {
    const all: WholeConversation[] = [];
    for await (const whole of this.archive.everything()) all.push(whole);
    this.saveJson(all, `tandem-chat-${new Date().toISOString().slice(0, 10)}.json`);
  }

  /**
   * Takes in all of a file or, with an UnreadableFile, nothing of it; under ids of its own, whatever ids the file has.
   * Gives how many conversations came.
   */
  async importFile(file: Pick<File, 'size' | 'text'>): Promise<number> {
    checkSize(file.size);
    const taken = withNewIds(readChatFile(await file.text()));
    await this.archive.save({ conversations: taken.map(({ conversation }) => conversation), messages: taken.flatMap(({ messages }) => messages) });
    return taken.length;
  }

  private saveJson(conversations: readonly WholeConversation[], name: string): void {
    saveFile(name, 'application/json', JSON.stringify(toChatFile(conversations, Date.now()), null, 2));
  }
}
