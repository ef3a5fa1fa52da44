import { closeSync, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@tandem/api/processes';
import { Kysely, sql } from 'kysely';
import { MIGRATION_TABLE } from '../migrate';
import { LASTING_MS, PASSING_MS, StoreRefusal } from '../refusal';
import type { OpenDatabase, Database } from '../database';
import { openingRefusal, sqliteRefusal } from './sqlite-refusal';
import { networkFileSystem } from './network-file-systems';
import { SqliteThread } from './sqlite-thread';
import { ThreadDialect } from './thread-dialect';

export const STORE_FILE = 'tandem.sqlite';

/** What a file may be that holds what people wrote: theirs alone. */
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** SQLite in a folder, which belongs to one server at a time. */
export class SqliteDatabase implements Database {
  readonly kind = 'sqlite';

  /** @param workerEntry the built `sqlite.worker` */
  constructor(
    private readonly folder: string,
    private readonly workerEntry: URL,
  ) {}

  get place(): string {
    return join(this.folder, STORE_FILE);
  }

  async open(migrations: readonly string[]): Promise<OpenDatabase> {
    await this.prepareFolder();
    const lockFile = join(this.folder, 'tandem.lock');
    const thread = new SqliteThread(this.workerEntry, { file: this.place, lockFile, migrationTable: MIGRATION_TABLE, migrations });
    const refusal = openingRefusal(await thread.opened, this.folder);
    if (refusal) {
      await thread.close();
      throw refusal;
    }
    const db = new Kysely<unknown>({ dialect: new ThreadDialect(thread) });
    return { db, close: () => db.destroy().then(() => thread.close()) };
  }

  async compact(db: Kysely<unknown>): Promise<void> {
    await sql`vacuum`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  }

  refusalOf(thrown: unknown): StoreRefusal | undefined {
    return sqliteRefusal(thrown, this.folder);
  }

  private async prepareFolder(): Promise<void> {
    const { folder } = this;
    try {
      await makeFolder(folder, PRIVATE_FOLDER);
      const network = networkFileSystem((await statfs(folder)).type);
      if (network !== undefined) {
        throw new StoreRefusal(
          `${folder} is on a network file system (${network}), where SQLite's locks do not hold: set DATA_DIR to a local disk, or DATABASE_URL`,
          LASTING_MS,
        );
      }
      // SQLite gives what it makes beside the file the same rights
      closeSync(openSync(this.place, 'a', PRIVATE_FILE));
    } catch (thrown) {
      if (thrown instanceof StoreRefusal) throw thrown;
      const { code = 'unknown' } = thrown as NodeJS.ErrnoException;
      throw new StoreRefusal(
        `${folder} cannot be written to (${code}): let the user that Tandem runs as write there, or set DATA_DIR to another folder`,
        PASSING_MS,
        thrown,
      );
    }
  }
}
