import type { Kysely } from 'kysely';

/** A step forward, the same on SQLite and PostgreSQL. It is never changed once it was released, and there is no way back. */
export type StoreMigration = (db: Kysely<never>) => Promise<void>;

export interface StoreTable {
  readonly name: string;
  /** The columns by which its rows are told apart. */
  readonly key: readonly string[];
  /** The column with the milliseconds by which a row gets too old; rows of tables without one go with those they belong to. */
  readonly ageFrom?: string;
  /** Columns that nobody is told of while another one is null. */
  readonly secret?: { readonly columns: readonly string[]; readonly until: string };
}

/** What one room keeps. */
export interface StoreSchema {
  /** What rows refer to stands before them. */
  readonly tables: readonly StoreTable[];
  /** By name. All rooms' are run in the order of their names: a day and a number (`2026-11-28-1-comparisons`). */
  readonly migrations: Readonly<Record<string, StoreMigration>>;
}

/** The migrations of all rooms. @throws Error where two have one name */
export function migrationsOf(schemas: readonly StoreSchema[]): Readonly<Record<string, StoreMigration>> {
  const all = schemas.flatMap(({ migrations }) => Object.entries(migrations));
  const twice = all.map(([name]) => name).find((name, index, names) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two rooms have a migration called ${twice}.`);
  return Object.fromEntries(all);
}
