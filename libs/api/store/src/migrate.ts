import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { StoreMigration } from './store-schema';

/** Where it is written down which migrations were run. */
export const MIGRATION_TABLE = 'store_migrations';

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
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
