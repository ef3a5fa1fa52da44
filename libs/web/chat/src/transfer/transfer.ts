import { inject, Service } from '@angular/core';
import { Archive } from '../archive/archive';
import { type WholeConversation } from '../archive/records';
import { asMarkdown } from './as-markdown';
import { toChatFile } from './chat-file';
import { readChatFile } from './read-chat-file';
import { fileName, saveFile } from './save-file';
import { withNewIds } from './with-new-ids';

/** Conversations to files and back. Nothing that is in a file ever takes the place of something that is here. */
@Service()
export class Transfer {
  private readonly archive = inject(Archive);

  async exportOne(id: string, as: 'json' | 'markdown'): Promise<void> {
    const conversation = await this.archive.conversation(id);
    if (!conversation) return;
    const whole = { conversation, messages: await this.archive.messagesOf(id) };
    if (as === 'markdown') saveFile(fileName(conversation.title, 'md'), 'text/markdown', asMarkdown(whole));
    else this.saveJson([whole], fileName(conversation.title, 'json'));
  }

  async exportAll(): Promise<void> {
    const all: WholeConversation[] = [];
    for await (const whole of this.archive.everything()) all.push(whole);
    this.saveJson(all, `tandem-chat-${new Date().toISOString().slice(0, 10)}.json`);
  }

  /** Takes in all of a file or, with an UnreadableFile, nothing of it. Gives how many conversations came. */
  async importFile(text: string): Promise<number> {
    const conversations = readChatFile(text);
    const seen = new Set<string>();
    const taken: WholeConversation[] = [];
    for (const whole of conversations) {
      const ids = [whole.conversation.id, ...whole.messages.map(({ id }) => id)];
      const isTaken = ids.some((id) => seen.has(id)) || (await this.archive.hasAny(ids));
      for (const id of ids) seen.add(id);
      taken.push(isTaken ? withNewIds(whole) : whole);
    }
    await this.archive.save({ conversations: taken.map(({ conversation }) => conversation), messages: taken.flatMap(({ messages }) => messages) });
    return conversations.length;
  }

  private saveJson(conversations: readonly WholeConversation[], name: string): void {
    saveFile(name, 'application/json', JSON.stringify(toChatFile(conversations, Date.now()), null, 2));
  }
}
