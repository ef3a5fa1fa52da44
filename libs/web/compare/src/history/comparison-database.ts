import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type ComparisonRecord, type ComparisonSummary, type Saved } from './comparison-record';
import { isSame } from './covers';

interface ComparisonSchema extends DBSchema {
  summaries: { key: string; value: ComparisonSummary };
  comparisons: { key: string; value: ComparisonRecord };
}

/** The comparisons of this browser: the list apart from what is long. */
export class ComparisonDatabase {
  private constructor(private readonly database: IDBPDatabase<ComparisonSchema>) {}

  static async open(onGone: () => void): Promise<ComparisonDatabase> {
    const database = await openDB<ComparisonSchema>('tandem-compare', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('summaries', { keyPath: 'id' });
        fresh.createObjectStore('comparisons', { keyPath: 'id' });
      },
      // a newer page wants to change the form of what is kept: this one must let go
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        onGone();
      },
      terminated: onGone,
    });
    return new ComparisonDatabase(database);
  }

  list(): Promise<readonly ComparisonSummary[]> {
    return this.database.getAll('summaries');
  }

  get(id: string): Promise<ComparisonRecord | undefined> {
    return this.database.get('comparisons', id);
  }

  /**
   * Writes it, unless the one that is there was written since `revision` was read: then nothing changes, and that one is
   * given. A name that a person gave stays.
   */
  async put(record: ComparisonRecord): Promise<Saved> {
    const transaction = this.database.transaction(['summaries', 'comparisons'], 'readwrite');
    const before = await transaction.objectStore('comparisons').get(record.id);
    // also what was only shown or taken over here: pages that write what they read would answer one another for ever
    if (before && isSame(before.turns, record.turns)) {
      await transaction.done;
      return { written: before };
    }
    const revision = record.revision ?? 0;
    if (before && (before.revision ?? 0) !== revision) {
      await transaction.done;
      return { newer: before };
    }
    const title = before?.isNamed && !record.isNamed ? { title: before.title, isNamed: true } : {};
    const kept = { ...record, ...title, revision: revision + 1 };
    const { id, isNamed, createdAtMs, updatedAtMs, modelTitles, prompts } = kept;
    await Promise.all([
      transaction.objectStore('comparisons').put(kept),
      transaction.objectStore('summaries').put({ id, title: kept.title, isNamed, createdAtMs, updatedAtMs, modelTitles, prompts }),
      transaction.done,
    ]);
    return { written: kept };
  }

  /** Says what it is called, whatever else is written meanwhile. */
  async rename(id: string, title: string): Promise<void> {
    const transaction = this.database.transaction(['summaries', 'comparisons'], 'readwrite');
    const [summary, record] = await Promise.all([transaction.objectStore('summaries').get(id), transaction.objectStore('comparisons').get(id)]);
    await Promise.all([
      summary && transaction.objectStore('summaries').put({ ...summary, title, isNamed: true }),
      record && transaction.objectStore('comparisons').put({ ...record, title, isNamed: true }),
      transaction.done,
    ]);
  }

  async remove(id: string): Promise<ComparisonRecord | undefined> {
    const transaction = this.database.transaction(['summaries', 'comparisons'], 'readwrite');
    const removed = await transaction.objectStore('comparisons').get(id);
    await Promise.all([transaction.objectStore('summaries').delete(id), transaction.objectStore('comparisons').delete(id), transaction.done]);
    return removed;
  }
}
