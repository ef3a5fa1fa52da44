import { Fault } from '@tandem/api/faults';
import { isId } from './ids';

/** What names the place in a list behind the row of that id. */
export function cursorAfter(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** The id in a cursor. @throws Fault `invalid_request` where it is none of ours */
export function idInCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!isId(id) || cursorAfter(id) !== cursor) {
    throw new Fault('invalid_request', 'cursor: must be the next_cursor of an earlier answer.', { param: 'cursor' });
  }
  return id;
}

/** A page of a list: the rows that were read, one more than fit where there are more. */
export function pageOf<Row extends { readonly id: string }>(
  read: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: read.length > limit && last !== undefined ? cursorAfter(last.id) : null };
}
