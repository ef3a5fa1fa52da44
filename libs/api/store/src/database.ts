import type { Kysely } from 'kysely';
import type { StoreRefusal } from './refusal';

/** A database that is open. */
export interface OpenDatabase {
  readonly db: Kysely<unknown>;
  /** Waits for what is being done. May be called twice. */
  close(): Promise<void>;
}

/** One kind of database behind the store. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** For people: where things are kept, without a password. */
  readonly place: string;
  /**
   * @param migrations names of all that this release knows
   * @throws StoreRefusal
   */
  open(migrations: readonly string[]): Promise<OpenDatabase>;
  /** Gives the disk back what was deleted. */
  compact(db: Kysely<unknown>): Promise<void>;
  /** Whether the database itself failed, and how; undefined where the query is to blame. */
  refusalOf(thrown: unknown): StoreRefusal | undefined;
}
