import { Service, signal } from '@angular/core';
import { ArchiveMemory, overlay, type Writing } from './archive-memory';
import { type ChatDatabase, openChatDatabase } from './chat-database';
import { PageNews } from './page-news';
import { type ConversationRecord, type MessageRecord, type WholeConversation } from './records';

/** Whether what is said outlives the page: yes, not at all, or no longer as the storage is full. */
export type Keeping = 'yes' | 'unavailable' | 'full';

/** How many messages a search reads at once, so that the page can do something else in between. */
const SEARCH_STEP = 200;

/**
 * The conversations of this browser. Owns the database connection; what cannot be written is held in memory instead, so
 * that everything goes on, and `keeping` says so. Tells the other pages, and its own listeners, what changed.
 */
@Service()
export class Archive {
  private connection: Promise<ChatDatabase | undefined> | undefined;
  private readonly memory = new ArchiveMemory();
  private readonly _keeping = signal<Keeping>('yes');

  readonly keeping = this._keeping.asReadonly();
  readonly news = new PageNews();

  async conversations(): Promise<readonly ConversationRecord[]> {
    const kept = await this.read((database) => database.getAll('conversations'));
    return overlay(kept ?? [], this.memory.all().conversations);
  }

  async conversation(id: string): Promise<ConversationRecord | undefined> {
    return this.memory.conversation(id) ?? (await this.read((database) => database.get('conversations', id)));
  }

  async messagesOf(conversation: string): Promise<readonly MessageRecord[]> {
    const kept = await this.read((database) => database.getAllFromIndex('messages', 'conversation', conversation));
    return overlay(kept ?? [], this.memory.messagesOf(conversation));
  }

  /** Every conversation whole, one after the other. */
  async *everything(): AsyncGenerator<WholeConversation> {
    for (const conversation of await this.conversations()) {
      yield { conversation, messages: await this.messagesOf(conversation.id) };
    }
  }

  /** Whether any of these ids is taken by a conversation or a message. */
  async hasAny(ids: readonly string[]): Promise<boolean> {
    const held = this.memory.all();
    if ([...held.conversations, ...held.messages].some(({ id }) => ids.includes(id))) return true;
    const counts = await this.read(async (database) => {
      const transaction = database.transaction(['conversations', 'messages']);
      const stores = [transaction.objectStore('conversations'), transaction.objectStore('messages')] as const;
      return Promise.all(ids.flatMap((id) => stores.map((store) => store.getKey(id))));
    });
    return (counts ?? []).some((key) => key !== undefined);
  }

  /** Writes all of it or nothing. */
  async save(writing: Writing): Promise<void> {
    await this.write(writing, (database) => put(database, writing));
  }

  /** Changes some of a conversation's fields and leaves the others as they are by now; one that is gone stays gone. */
  async change(id: string, changes: Partial<Omit<ConversationRecord, 'id'>>): Promise<void> {
    const held = this.memory.conversation(id);
    if (held) return this.save({ conversations: [{ ...held, ...changes }] });
    let changed: ConversationRecord | undefined;
    try {
      const transaction = (await this.open())?.transaction('conversations', 'readwrite');
      const found = await transaction?.store.get(id);
      changed = found && { ...found, ...changes };
      await Promise.all([...(changed ? [transaction?.store.put(changed)] : []), transaction?.done]);
    } catch (failure) {
      this.hold(changed ? { conversations: [changed] } : {}, failure);
    }
    this.news.tell({ conversation: id });
  }

  /** Takes messages out of a conversation, or with `andItself` all of it, and gives what was there: `save` puts it back. */
  async remove(id: string, { andItself }: { readonly andItself: boolean }): Promise<Writing> {
    const conversation = await this.conversation(id);
    const messages = await this.messagesOf(id);
    await this.read(async (database) => {
      const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
      await Promise.all([
        ...messages.map((message) => transaction.objectStore('messages').delete(message.id)),
        ...(andItself ? [transaction.objectStore('conversations').delete(id)] : []),
        transaction.done,
      ]);
    });
    this.memory.release({ messages, conversations: andItself && conversation ? [conversation] : [] });
    this.news.tell({ conversation: id });
    return { messages, conversations: conversation ? [conversation] : [] };
  }

  /** Ids of messages' conversations with a piece of the text around the first place that `find` gives. */
  async search(find: (message: MessageRecord) => string | undefined, isOver: () => boolean): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const look = (messages: readonly MessageRecord[]): void => {
      for (const message of messages) {
        const excerpt = found.has(message.conversation) ? undefined : find(message);
        if (excerpt !== undefined) found.set(message.conversation, excerpt);
      }
    };
    look(this.memory.all().messages);
    for (let last: string | undefined, step: readonly MessageRecord[]; !isOver(); last = step.at(-1)?.id) {
      const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
      step = (await this.read((database) => database.getAll('messages', range, SEARCH_STEP))) ?? [];
      look(step);
      if (step.length < SEARCH_STEP) break;
    }
    return found;
  }

  private async write(writing: Writing, work: (database: ChatDatabase) => Promise<void>): Promise<void> {
    try {
      const database = await this.open();
      if (!database) this.memory.hold(writing);
      else {
        await work(database);
        this.memory.release(writing);
        await this.writeHeld(database);
      }
    } catch (failure) {
      this.hold(writing, failure);
    }
    const changed = new Set([...(writing.conversations ?? []).map(({ id }) => id), ...(writing.messages ?? []).map((message) => message.conversation)]);
    const isText = !writing.conversations && writing.messages?.length === 1;
    for (const conversation of changed) this.news.tell({ conversation, ...(isText ? { message: writing.messages?.[0]?.id } : {}) });
  }

  /** There is room again: what had to wait for it goes along, or is said to wait still. */
  private async writeHeld(database: ChatDatabase): Promise<void> {
    if (this._keeping() !== 'full') return;
    const held = this.memory.all();
    await put(database, held);
    this.memory.releaseUnchanged(held);
    this._keeping.set('yes');
  }

  private hold(writing: Writing, failure: unknown): void {
    this.memory.hold(writing);
    this._keeping.set(isQuota(failure) ? 'full' : 'unavailable');
  }

  private async read<T>(work: (database: ChatDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      const database = await this.open();
      return database && (await work(database));
    } catch {
      this._keeping.set('unavailable');
      return undefined;
    }
  }

  private open(): Promise<ChatDatabase | undefined> {
    this.connection ??= openOrNothing(() => (this.connection = undefined)).then((database) => {
      if (!database) this._keeping.set('unavailable');
      return database;
    });
    return this.connection;
  }
}

async function put(database: ChatDatabase, { conversations = [], messages = [] }: Writing): Promise<void> {
  const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
  const writing = Promise.all([
    ...conversations.map(async (record) => transaction.objectStore('conversations').put(record)),
    ...messages.map(async (record) => transaction.objectStore('messages').put(record)),
    transaction.done,
  ]);
  try {
    // at once: what a page that was left had not asked to be kept for good, the browser takes back
    transaction.commit();
  } catch {
    // it has failed already, and `writing` says why
  }
  await writing;
}

/** A browser may have no storage, or forbid it: in a private window, or by a setting. */
async function openOrNothing(onGone: () => void): Promise<ChatDatabase | undefined> {
  try {
    return await openChatDatabase(onGone);
  } catch {
    return undefined;
  }
}

function isQuota(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'QuotaExceededError';
}
