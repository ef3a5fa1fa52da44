import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import { Store } from '../store';
import type { StoreTable } from '../store-schema';
import { type Row, rowsOf } from './table-rows';

/** All that is kept, whatever room it belongs to. */
@Injectable()
export class StoreContents {
  constructor(private readonly store: Store) {}

  /** A line of JSON for each row: `{"table","row"}`. Begins once the store could be read. @throws Fault `store_unavailable` */
  async *lines(): AsyncGenerator<string> {
    for (const table of this.tables) {
      let batches: AsyncGenerator<readonly Row[]> | undefined;
      for (;;) {
        const batch = await this.store.use((db: Kysely<unknown>) => (batches ??= rowsOf(db, table)).next());
        if (batch.done === true) break;
        yield batch.value.map((row) => `${JSON.stringify({ table: table.name, row: toldOf(row, table) })}\n`).join('');
      }
    }
  }

  /** Deletes it, and what the file still holds of it. Gives how many rows there were. */
  async clear(): Promise<number> {
    let rows = 0;
    await this.store.use((db: Kysely<unknown>) =>
      db.transaction().execute(async (only) => {
        for (const { name } of this.tables.toReversed()) {
          rows += Number((await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(only)).rows[0]?.count ?? 0);
          await sql`delete from ${sql.table(name)}`.execute(only);
        }
      }),
    );
    await this.store.compact();
    return rows;
  }

  /** Deletes what is older. Gives how many rows that were, without those that went with them. @param beforeMs since 1970 */
  async forget(beforeMs: number): Promise<number> {
    return this.store.use(async (db: Kysely<unknown>) => {
      let rows = 0n;
      for (const { name, ageFrom } of this.tables.toReversed()) {
        if (ageFrom === undefined) continue;
        rows += (await sql`delete from ${sql.table(name)} where ${sql.ref(ageFrom)} < ${beforeMs}`.execute(db)).numAffectedRows ?? 0n;
      }
      return Number(rows);
    });
  }

  private get tables() {
    return this.store.schemas.flatMap((schema) => schema.tables);
  }
}

/** A row without what is still a secret. */
function toldOf(row: Row, { secret }: StoreTable): Row {
  if (secret === undefined || row[secret.until] !== null) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !secret.columns.includes(name)));
}
