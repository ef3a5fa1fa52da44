import type { Kysely } from 'kysely';
import type { Store } from '../store';
import { TableDigest } from './table-digest';
import { rowsOf } from './table-rows';

export interface CopiedTable {
  readonly name: string;
  readonly rows: number;
  readonly checksum: string;
}

type AnyTables = Record<string, Record<string, unknown>>;

/**
 * Copies everything that one store holds into another, which must be empty: all of it or nothing. What was written is read back
 * and compared.
 * @throws Error that says which table is not empty, or not the same
 */
export async function copyStore(from: Store, to: Store): Promise<readonly CopiedTable[]> {
  const tables = from.schemas.flatMap((schema) => schema.tables);
  return to.use<AnyTables, CopiedTable[]>((target) =>
    target.transaction().execute(async (only) => {
      const copied: CopiedTable[] = [];
      for (const table of tables) {
        for await (const _ of rowsOf(only as unknown as Kysely<unknown>, table, 1)) throw new Error(`${table.name} is not empty: copy into a new database.`);
        const read = new TableDigest();
        await from.use(async (source) => {
          for await (const rows of rowsOf(source as Kysely<unknown>, table)) {
            for (const row of rows) read.add(row);
            await only
              .insertInto(table.name)
              .values([...rows])
              .execute();
          }
        });
        const written = new TableDigest();
        for await (const rows of rowsOf(only as unknown as Kysely<unknown>, table)) for (const row of rows) written.add(row);
        if (written.rows !== read.rows || written.checksum !== read.checksum)
          throw new Error(`${table.name} is not the same after it was copied: nothing was kept.`);
        copied.push({ name: table.name, rows: written.rows, checksum: written.checksum });
      }
      return copied;
    }),
  );
}
