import { computed, inject, Service, signal } from '@angular/core';
import { fold, groupByDay } from '@tandem/web/history/records';
import { Archive } from '../archive/archive';
import { type ConversationRecord } from '../archive/records';
import { excerptOf, hasTitle } from './search';

/** What a search found in the texts, and for which words. */
interface Found {
  readonly query: string;
  readonly excerpts: ReadonlyMap<string, string>;
}

/** How long a search waits for the next letter, in milliseconds. */
const TYPING_MS = 120;

/** The list of all conversations, and the search in it. Follows what this page and others change. */
@Service()
export class HistoryStore {
  private readonly archive = inject(Archive);
  private readonly _conversations = signal<ReadonlyMap<string, ConversationRecord>>(new Map());
  private readonly _query = signal('');
  private readonly found = signal<Found>({ query: '', excerpts: new Map() });
  private readonly _isLoaded = signal(false);
  private readonly changed = new Set<string>();
  private loading: Promise<void> | undefined;

  readonly conversations = this._conversations.asReadonly();
  readonly isLoaded = this._isLoaded.asReadonly();
  readonly query = this._query.asReadonly();
  readonly isSearching = computed(() => this._query().trim() !== '' && this.found().query !== this._query());
  /** The pieces of text in which the search found something, by conversation. */
  readonly excerpts = computed(() => (this._query().trim() === '' ? new Map<string, string>() : this.found().excerpts));
  readonly newest = computed(() => [...this._conversations().values()].reduce<ConversationRecord | undefined>(newer, undefined));
  readonly groups = computed(() => {
    const query = this._query();
    const all = [...this._conversations().values()];
    if (query.trim() === '') return groupByDay(all, Date.now());
    const excerpts = this.excerpts();
    return groupByDay(
      all.filter((conversation) => hasTitle(conversation, query) || excerpts.has(conversation.id)),
      Date.now(),
    );
  });

  constructor() {
    this.archive.news.listen(({ conversation, message }) => {
      if (message === undefined) this.note(conversation);
    });
  }

  load(): Promise<void> {
    this.loading ??= this.archive.conversations().then((conversations) => {
      this._conversations.set(new Map(conversations.map((conversation) => [conversation.id, conversation])));
      this._isLoaded.set(true);
    });
    return this.loading;
  }

  /** Titles are searched at once, texts a little later. */
  async search(query: string): Promise<void> {
    this._query.set(query);
    if (query.trim() === '') return;
    await new Promise((typed) => setTimeout(typed, TYPING_MS));
    const isOver = (): boolean => this._query() !== query;
    if (isOver()) return;
    const wanted = fold(query.trim());
    const excerpts = await this.archive.search((message) => (message.text.length < wanted.length ? undefined : excerptOf(message, query)), isOver);
    if (!isOver()) this.found.set({ query, excerpts });
  }

  /** What changes together, such as a file that is taken in, is read and shown together. */
  private note(id: string): void {
    if (this.changed.size === 0) queueMicrotask(() => void this.readAgain());
    this.changed.add(id);
  }

  private async readAgain(): Promise<void> {
    const ids = [...this.changed];
    this.changed.clear();
    const records = await Promise.all(ids.map((id) => this.archive.conversation(id)));
    this._conversations.update((known) => {
      const next = new Map(known);
      for (const [n, id] of ids.entries()) {
        const conversation = records[n];
        if (conversation) next.set(id, conversation);
        else next.delete(id);
      }
      return next;
    });
  }
}

function newer(a: ConversationRecord | undefined, b: ConversationRecord): ConversationRecord {
  return a && a.updatedAtMs >= b.updatedAtMs ? a : b;
}
