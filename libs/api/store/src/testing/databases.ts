import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, startPostgres } from '@tandem/testing';
import { Client } from 'pg';
import { PostgresDatabase } from '../postgres/postgres-database';
import { SqliteDatabase } from '../sqlite/sqlite-database';
import { Store } from '../store';
import type { Database } from '../database';
import type { StoreSchema } from '../store-schema';

/** Node runs it as it stands. */
export const WORKER = new URL('../sqlite/sqlite.worker.ts', import.meta.url);

export interface DatabaseUnderTest {
  database(): Database;
  /** Everything that was kept is gone. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

async function sqliteUnderTest(): Promise<DatabaseUnderTest> {
  let folder = mkdtempSync(join(tmpdir(), 'store-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return {
    database: () => new SqliteDatabase(folder, WORKER),
    empty: async () => {
      remove();
      folder = mkdtempSync(join(tmpdir(), 'store-'));
    },
    close: async () => remove(),
  };
}

async function postgresUnderTest(): Promise<DatabaseUnderTest> {
  const server = await startPostgres();
  return {
    database: () => new PostgresDatabase(server.url),
    empty: async () => {
      const client = new Client(server.url);
      await client.connect();
      await client.query('drop schema public cascade; create schema public');
      await client.end();
    },
    close: () => server.close(),
  };
}

/** The same specification over both databases. `open` gives a store with the schemas, empty; it is closed after each test. */
export function describeOverDatabases(
  name: string,
  schemas: readonly StoreSchema[],
  specify: (open: () => Store, under: () => DatabaseUnderTest) => void,
): void {
  const kinds = [['SQLite', sqliteUnderTest, true] as const, ['PostgreSQL', postgresUnderTest, hasPostgres() || process.env['CI'] === 'true'] as const];
  for (const [kind, start, isThere] of kinds) {
    (isThere ? describe : describe.skip)(`${name} over ${kind}`, () => {
      let under: DatabaseUnderTest;
      const stores: Store[] = [];
      beforeAll(async () => void (under = await start()), 120_000);
      afterEach(async () => {
        for (const store of stores.splice(0)) await store.close();
        await under.empty();
      });
      afterAll(() => under.close());
      specify(
        () => {
          const store = new Store(under.database(), schemas);
          stores.push(store);
          return store;
        },
        () => under,
      );
    });
  }
}
