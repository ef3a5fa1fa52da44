import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { StoreMigration } from './store-schema';

/** Where it is written down which migrations were run. */
export const MIGRATION_TABLE = 'store_migrations';
const LOCK_TABLE = `${MIGRATION_TABLE}_lock`;

/**
 * Runs the migrations that were not run yet, all or none of them, while nobody else does: servers that start at once wait for
 * the first.
 */
export async function migrate(db: Kysely<unknown>, migrations: Readonly<Record<string, StoreMigration>>): Promise<void> {
  const steps = Object.entries(migrations).map(([name, up]) => [name, { up: (steps: Kysely<never>) => up(steps) }] as const);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(steps)) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: LOCK_TABLE,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** About 50 kB, with their index: a page of the file may be free where nothing that people keep fits. */
const FILLING = Array.from({ length: 100 }, (_, number) => `room-${number}`.padEnd(250, '.'));

/** Writes rows and takes them away again, to see whether anything can be written: one after the other, since what is taken away at once is not written. */
export async function tryWriting(db: Kysely<unknown>): Promise<void> {
  // they may be there, where the second step failed the last time
  await sql`insert into ${sql.table(LOCK_TABLE)} (id) values ${sql.join(FILLING.map((id) => sql`(${id})`))} on conflict do nothing`.execute(db);
  await sql`delete from ${sql.table(LOCK_TABLE)} where id in (${sql.join(FILLING)})`.execute(db);
}
