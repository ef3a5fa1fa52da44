import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type ConversationRecord, type MessageRecord } from './records';

interface ChatSchema extends DBSchema {
  conversations: { key: string; value: ConversationRecord };
  messages: { key: string; value: MessageRecord; indexes: { conversation: string } };
}

export type ChatDatabase = IDBPDatabase<ChatSchema>;

/** One record per message: what one page writes never takes another's with it. */
export function openChatDatabase(onGone: () => void): Promise<ChatDatabase> {
  return openDB<ChatSchema>('tandem-chat', 1, {
    upgrade(database) {
      database.createObjectStore('conversations', { keyPath: 'id' });
      database.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
    },
    // a newer page wants to change the form of what is kept: this one must let go
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      onGone();
    },
    terminated: onGone,
  });
}
