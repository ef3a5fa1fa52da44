import { Service, signal } from '@angular/core';
import { type Keeping } from '@tandem/web/history/records';
import { unwrap } from 'idb';
import { ArchiveMemory, overlay, type Writing } from './archive-memory';
import { type ChatDatabase, openChatDatabase } from './chat-database';
import { PageNews } from './page-news';
import { soundTree } from '../tree/sound-tree';
import { withNewIds } from '../tree/with-new-ids';
import { type ConversationRecord, type MessageRecord, type WholeConversation } from './records';
import { isSoundId, soundConversation } from './sound-records';

/** How many messages a search reads at once, so that the page can do something else in between. */
const SEARCH_STEP = 200;
/** How long it looks at them in one go, in milliseconds: messages may be very long. */
const SEARCH_MS = 20;

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

  /** All of them. One that nobody could open by its id gets another. */
  async conversations(): Promise<readonly ConversationRecord[]> {
    const kept = overlay((await this.read((database) => database.getAll('conversations'))) ?? [], this.memory.all().conversations);
    return Promise.all(kept.map((record) => (isSoundId(record.id) ? soundConversation(record) : this.renew(record))));
  }

  async conversation(id: string): Promise<ConversationRecord | undefined> {
    const record = this.memory.conversation(id) ?? (await this.read((database) => database.get('conversations', id)));
    return record && soundConversation(record);
  }

  /** A conversation and its messages; what is wrong with them, as an older page may have left it, is made good for good. */
  async whole(id: string): Promise<WholeConversation | undefined> {
    const [conversation, messages] = await Promise.all([this.conversation(id), this.messagesOf(id)]);
    if (!conversation) return undefined;
    const kept = { conversation, messages };
    const sound = soundTree(kept);
    if (sound !== kept) await this.replace(kept, sound);
    return sound;
  }

  /** Every conversation whole, one after the other. */
  async *everything(): AsyncGenerator<WholeConversation> {
    for (const { id } of await this.conversations()) {
      const whole = await this.whole(id);
      if (whole) yield whole;
    }
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
    const look = async (messages: readonly MessageRecord[]): Promise<void> => {
      let sinceMs = performance.now();
      for (const message of messages) {
        const excerpt = found.has(message.conversation) ? undefined : find(message);
        if (excerpt !== undefined) found.set(message.conversation, excerpt);
        if (performance.now() - sinceMs < SEARCH_MS) continue;
        await new Promise((resolve) => setTimeout(resolve));
        sinceMs = performance.now();
        if (isOver()) return;
      }
    };
    await look(this.memory.all().messages);
    for (let last: string | undefined, step: readonly MessageRecord[]; !isOver(); last = step.at(-1)?.id) {
      const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
      step = (await this.read((database) => database.getAll('messages', range, SEARCH_STEP))) ?? [];
      await look(step);
      if (step.length < SEARCH_STEP) break;
    }
    return found;
  }

  private async messagesOf(conversation: string): Promise<readonly MessageRecord[]> {
    const kept = await this.read((database) => database.getAllFromIndex('messages', 'conversation', conversation));
    return overlay(kept ?? [], this.memory.messagesOf(conversation));
  }

  private async renew(conversation: ConversationRecord): Promise<ConversationRecord> {
    const kept = { conversation, messages: await this.messagesOf(conversation.id) };
    const [renewed = kept] = withNewIds([soundTree(kept)]);
    await this.replace(kept, renewed);
    return renewed.conversation;
  }

  /** Puts one in the place of another, which may have other ids. */
  private async replace(before: WholeConversation, after: WholeConversation): Promise<void> {
    const writing = { conversations: [after.conversation], messages: after.messages };
    this.memory.release({ conversations: [before.conversation], messages: before.messages });
    try {
      const database = await this.open();
      if (database) await put(database, writing, { conversations: [before.conversation], messages: before.messages });
      else this.memory.hold(writing);
    } catch (failure) {
      this.hold(writing, failure);
    }
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

/** Writes, after taking out what is in its way. */
async function put(database: ChatDatabase, { conversations = [], messages = [] }: Writing, before: Writing = {}): Promise<void> {
  const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
  const { done } = transaction;
  // whatever fails first is thrown; this says it again
  done.catch(() => undefined);
  // no promise for each record: a file may bring ten thousands
  const stores = { conversations: unwrap(transaction.objectStore('conversations')), messages: unwrap(transaction.objectStore('messages')) };
  for (const { id } of before.conversations ?? []) stores.conversations.delete(id);
  for (const { id } of before.messages ?? []) stores.messages.delete(id);
  for (const record of conversations) stores.conversations.put(record);
  for (const record of messages) stores.messages.put(record);
  try {
    // at once: what a page that was left had not asked to be kept for good, the browser takes back
    transaction.commit();
  } catch {
    // it has failed already, and `done` says why
  }
  await done;
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
