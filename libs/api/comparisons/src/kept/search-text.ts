import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';

/** Between the parts: no text runs over it. */
const BETWEEN = '\u001f';

/** What is looked through, the same in both databases, which know upper and lower case of different scripts. */
export function searchText(title: string, note: string, prompts: readonly string[]): string {
  return inLowerCase([title, note, ...prompts].join(BETWEEN));
}

/** Whether a row holds the text as it stands: `%` and `_` are themselves. */
export function withText(query: string): Expression<SqlBool> & RawBuilder<SqlBool> {
  const pattern = `%${inLowerCase(query).replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`search like ${pattern} escape '\\'`;
}

/** The same wherever a letter stands: at the end of a word, the lower case of Σ is another. */
function inLowerCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}
