import { type Kysely, sql } from 'kysely';
import type { StoreTable } from '../store-schema';

export type Row = Readonly<Record<string, string | number | null>>;

/** Every row of a table, some at a time, in the order of its key. */
export async function* rowsOf(db: Kysely<unknown>, { name, key }: StoreTable, atOnce = 100): AsyncGenerator<readonly Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  for (let last: Row | undefined; ;) {
    const behind = last === undefined ? sql`` : sql`where (${columns}) > (${sql.join(key.map((column) => last?.[column]))})`;
    const { rows } = await sql<Row>`select * from ${sql.table(name)} ${behind} order by ${columns} limit ${sql.lit(atOnce)}`.execute(db);
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (rows.length < atOnce) return;
  }
}
