import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';

/** Between the parts: no text runs over it. */
const BETWEEN = '\u001f';

/** What is looked through, the same in both databases, which know upper and lower case of different scripts. */
export function searchText(title: string, note: string, prompts: readonly string[]): string {
  return [title, note, ...prompts].join(BETWEEN).toLowerCase();
}

/** Whether a row holds the text as it stands: `%` and `_` are themselves. */
export function withText(query: string): Expression<SqlBool> & RawBuilder<SqlBool> {
  const pattern = `%${query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`search like ${pattern} escape '\\'`;
}
