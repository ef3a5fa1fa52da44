import { type ConversationRecord, type MessageRecord } from './records';

/** What is to be written together. */
export interface Writing {
  readonly conversations?: readonly ConversationRecord[];
  readonly messages?: readonly MessageRecord[];
}

/** Holds what the browser's storage would not take, as long as the page lives. */
export class ArchiveMemory {
  private readonly conversations = new Map<string, ConversationRecord>();
  private readonly messages = new Map<string, MessageRecord>();

  hold({ conversations = [], messages = [] }: Writing): void {
    for (const record of conversations) this.conversations.set(record.id, record);
    for (const record of messages) this.messages.set(record.id, record);
  }

  /** What was written after all is no longer held. */
  release({ conversations = [], messages = [] }: Writing): void {
    for (const { id } of conversations) this.conversations.delete(id);
    for (const { id } of messages) this.messages.delete(id);
  }

  /** Of what was held, and was written as it was held, all that nothing newer has taken the place of. */
  releaseUnchanged({ conversations = [], messages = [] }: Writing): void {
    this.release({
      conversations: conversations.filter((record) => this.conversations.get(record.id) === record),
      messages: messages.filter((record) => this.messages.get(record.id) === record),
    });
  }

  conversation(id: string): ConversationRecord | undefined {
    return this.conversations.get(id);
  }

  messagesOf(conversation: string): readonly MessageRecord[] {
    return [...this.messages.values()].filter((message) => message.conversation === conversation);
  }

  all(): { readonly conversations: readonly ConversationRecord[]; readonly messages: readonly MessageRecord[] } {
    return { conversations: [...this.conversations.values()], messages: [...this.messages.values()] };
  }
}

/** `later` in place of what has the same id in `earlier`. */
export function overlay<T extends { readonly id: string }>(earlier: readonly T[], later: readonly T[]): readonly T[] {
  if (later.length === 0) return earlier;
  return [...new Map([...earlier, ...later].map((record) => [record.id, record])).values()];
}
