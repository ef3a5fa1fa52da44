import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deserialize, serialize } from 'node:v8';

// jsdom has none, and a database copies what it keeps
globalThis.structuredClone ??= <T>(value: T): T => deserialize(serialize(value)) as T;

/** A browser that nobody held a conversation in. */
export function newBrowser(): void {
  globalThis.indexedDB = new IDBFactory();
  sessionStorage.clear();
}
