import { computed, signal } from '@angular/core';
import { type Archive } from '../archive/archive';
import { type ArrivedNews } from '../archive/page-news';
import { type AnswerRecord, type ConversationRecord, type MessageRecord, type QuestionRecord } from '../archive/records';
import { isOnTheWay, leafBelow, newestOf, pathTo, type PathStep } from '../tree/message-tree';
import { titleFrom } from './new-records';

/** What the owner of a kept conversation does when another page changes it. */
export interface OtherPages {
  /** Id of the message that this page is writing: what another page has of it is older. */
  readonly ownMessage: () => string | undefined;
  /** What is here is as the other page left it. */
  readonly onChange: () => void;
  readonly onGone: () => void;
}

/**
 * A conversation's record and its messages in all their branches: the same here, in the archive and on every other page
 * of this browser. `close()` stops listening to those.
 */
export class KeptConversation {
  private readonly _record;
  private readonly _messages;
  private readonly _isStored;
  private readonly _isGone = signal(false);
  /** On its way into the archive: reading that meanwhile must not lose it. */
  private unsaved: readonly MessageRecord[] = [];

  readonly id: string;
  readonly record;
  readonly messages;
  /** Whether it is in the archive: a new one is not before its first message. */
  readonly isStored;
  /** Whether another page has deleted it. */
  readonly isGone = this._isGone.asReadonly();
  /** The shown branch. */
  readonly path = computed(() => pathTo(this.messages(), this.record().leaf), { equal: isSamePath });
  /** Stops listening to other pages. */
  readonly close: () => void;

  constructor(
    record: ConversationRecord,
    messages: readonly MessageRecord[] | undefined,
    private readonly archive: Archive,
    private readonly others: OtherPages,
  ) {
    this.id = record.id;
    this._isStored = signal(messages !== undefined);
    this.isStored = this._isStored.asReadonly();
    this._messages = signal<ReadonlyMap<string, MessageRecord>>(new Map((messages ?? []).map((message) => [message.id, message])));
    this.messages = this._messages.asReadonly();
    this._record = signal(this.withLeaf(record));
    this.record = this._record.asReadonly();
    this.close = archive.news.listen((news) => void this.hear(news));
  }

  change(changes: Partial<ConversationRecord>): void {
    this._record.update((record) => ({ ...record, ...changes }));
    if (this.isStored()) void this.archive.change(this.id, changes);
  }

  /** Shows the branch that a message is on. */
  show(id: string): void {
    this.change({ leaf: leafBelow(this.messages(), id) });
  }

  takeIn(messages: readonly MessageRecord[]): void {
    this._messages.update((known) => new Map([...known, ...messages.map((message) => [message.id, message] as const)]));
  }

  /** Shows an answer that is begun, below its question where that is new; a first question names what has no name. */
  begin(answer: AnswerRecord, questions: readonly QuestionRecord[], nowMs: number): void {
    this.takeIn([...questions, answer]);
    const [question] = questions;
    this._record.update((record) => ({
      ...record,
      leaf: answer.id,
      updatedAtMs: nowMs,
      ...(question && question.parent === null && !record.isNamed ? { title: titleFrom(question.text) } : {}),
    }));
  }

  /** Writes what is begun, before anything is asked for it. */
  async keep(messages: readonly MessageRecord[]): Promise<void> {
    this.unsaved = messages;
    if (this.isStored()) {
      const { leaf, title, updatedAtMs, model, isNamed } = this.record();
      await this.archive.save({ messages });
      await this.archive.change(this.id, { leaf, updatedAtMs, model, ...(isNamed ? {} : { title }) });
    } else {
      const record = this.record();
      await this.archive.save({ conversations: [record], messages });
      this._isStored.set(true);
      if (record !== this.record()) void this.archive.change(this.id, this.record());
    }
    this.unsaved = [];
  }

  /** Takes all messages out; what it gives puts them back. */
  async clear(): Promise<() => Promise<void>> {
    const { leaf } = this.record();
    const { messages = [] } = await this.archive.remove(this.id, { andItself: false });
    this._messages.set(new Map());
    this.change({ leaf: null });
    return async () => {
      await this.archive.save({ messages });
      this.takeIn(messages);
      this.change({ leaf });
    };
  }

  private withLeaf(record: ConversationRecord): ConversationRecord {
    const isThere = record.leaf !== null && this._messages().has(record.leaf);
    return isThere ? record : { ...record, leaf: newestOf(this._messages()) };
  }

  /** Another page, or another part of this one, changed something. */
  private async hear({ conversation, isOwn }: ArrivedNews): Promise<void> {
    if (conversation !== this.id || isOwn) return;
    const whole = await this.archive.whole(this.id);
    this._isGone.set(!whole);
    if (!whole) return this.others.onGone();
    const { conversation: record, messages } = whole;
    const own = this.messages().get(this.others.ownMessage() ?? '');
    this._messages.set(new Map([...messages, ...this.unsaved, ...(own ? [own] : [])].map((message) => [message.id, message])));
    const { leaf } = this.record();
    // a page that shows the end of a branch goes on with it; one that shows another branch stays there
    const isFollowed = isOnTheWay(this.messages(), leaf, record.leaf) || !this.messages().has(leaf ?? '');
    this._record.set(this.withLeaf({ ...record, leaf: isFollowed ? record.leaf : leaf }));
    this.others.onChange();
  }
}

function isSamePath(a: readonly PathStep[], b: readonly PathStep[]): boolean {
  return a.length === b.length && a.every(({ message, branches }, at) => message === b[at]?.message && branches.join() === b[at].branches.join());
}
