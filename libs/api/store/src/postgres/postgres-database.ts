import { Kysely, PostgresDialect, sql } from 'kysely';
import { MIGRATION_TABLE } from '../migrate';
import { LASTING_MS, StoreRefusal } from '../refusal';
import type { OpenDatabase, Database } from '../database';
import { postgresRefusal } from './postgres-refusal';

const CONNECTIONS = 10;
const CONNECT_MS = 5_000;
/** 64-bit integers, which the driver gives as text: those of the store are milliseconds and counts. */
const INT8 = 20;

/** A database that several servers share. */
export class PostgresDatabase implements Database {
  readonly kind = 'postgres';
  readonly place: string;

  /** @param url with its password, which is told to nobody */
  constructor(private readonly url: string) {
    const { host, pathname } = new URL(url);
    this.place = `${host}${pathname}`;
  }

  async open(migrations: readonly string[]): Promise<OpenDatabase> {
    const { Pool, types } = (await import('pg')).default;
    const getTypeParser = ((oid: number, format: 'text') => (oid === INT8 ? Number : types.getTypeParser(oid, format))) as typeof types.getTypeParser;
    const pool = new Pool({ connectionString: this.url, max: CONNECTIONS, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, types: { getTypeParser } });
    // of a connection that nobody uses: the next query opens another
    pool.on('error', () => undefined);
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    try {
      if (await hasUnknown(db, migrations)) {
        throw new StoreRefusal(`the database at ${this.place} was written by a later release of Tandem and was left as it is: run that release`, LASTING_MS);
      }
    } catch (thrown) {
      await db.destroy();
      throw thrown;
    }
    return { db, close: () => db.destroy() };
  }

  /** The server does it by itself. */
  compact(): Promise<void> {
    return Promise.resolve();
  }

  refusalOf(thrown: unknown): StoreRefusal | undefined {
    return postgresRefusal(thrown, this.place);
  }
}

/** Whether migrations were run that this release does not know. */
async function hasUnknown(db: Kysely<unknown>, migrations: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ there: string | null }>`select to_regclass(${MIGRATION_TABLE}) as there`.execute(db);
  if (rows[0]?.there === null) return false;
  const run = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db);
  return run.rows.some(({ name }) => !migrations.includes(name));
}
