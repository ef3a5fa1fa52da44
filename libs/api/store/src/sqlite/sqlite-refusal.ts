import { LASTING_MS, PASSING_MS, StoreFull, StoreRefusal } from '../refusal';
import type { FileGone, OpenReply } from './sqlite-messages';
import { SqliteError, SqliteThreadEnded } from './sqlite-thread';

const FILE_GONE: FileGone = -1;
const FULL = 13;
/** A server that restarts lets go of the folder in a moment. */
const IN_USE_MS = 2_000;

/** SQLite's codes (sqlite.org/rescode.html) that say something of the file or the disk, not of the query. */
const SENTENCES: Readonly<Record<number, (folder: string) => string>> = {
  5: (folder) => `another process holds the file in ${folder}`,
  6: (folder) => `another process holds the file in ${folder}`,
  8: (folder) => `${folder} cannot be written to: let the user that Tandem runs as write there, or set DATA_DIR to another folder`,
  10: (folder) => `reading or writing in ${folder} failed: look at the disk`,
  11: (folder) => damaged(folder),
  [FULL]: (folder) => `the disk with ${folder} is full: make room`,
  14: (folder) => `the file in ${folder} cannot be opened: let the user that Tandem runs as read and write it, or set DATA_DIR to another folder`,
  26: (folder) => damaged(folder),
  [FILE_GONE]: (folder) => `the file in ${folder} was removed or replaced while it was in use: what comes is kept in a new one, or in what is there now`,
};
const LASTING: readonly number[] = [11, 26];

const damaged = (folder: string): string => `the file in ${folder} is damaged and was left as it is: put a backup in its place, or move it away`;

/** Whether the file or its disk failed a query. */
export function sqliteRefusal(thrown: unknown, folder: string): StoreRefusal | undefined {
  if (thrown instanceof SqliteThreadEnded) return new StoreRefusal('the thread that holds the file has ended', PASSING_MS, thrown);
  if (!(thrown instanceof SqliteError) || thrown.errcode === undefined) return undefined;
  const { errcode } = thrown;
  const sentence = SENTENCES[errcode]?.(folder);
  if (sentence === undefined) return undefined;
  if (errcode === FULL) return new StoreFull(sentence, PASSING_MS, thrown);
  return new StoreRefusal(sentence, LASTING.includes(errcode) ? LASTING_MS : PASSING_MS, thrown);
}

/** Why a file was not opened; undefined where it was. */
export function openingRefusal(reply: OpenReply, folder: string): StoreRefusal | undefined {
  switch (reply.refusal) {
    case 'none':
      return undefined;
    case 'in_use':
      return new StoreRefusal(
        `another Tandem keeps its data in ${folder}: give each a DATA_DIR of its own, or let them share a PostgreSQL by DATABASE_URL`,
        IN_USE_MS,
      );
    case 'foreign':
      return new StoreRefusal(
        `the file in ${folder} was not made by Tandem and was left as it is: move it away, or set DATA_DIR to another folder`,
        LASTING_MS,
      );
    case 'newer':
      return new StoreRefusal(
        `the file in ${folder} was written by a later release of Tandem and was left as it is: run that release, or set DATA_DIR to another folder`,
        LASTING_MS,
      );
    case 'damaged':
      return new StoreRefusal(damaged(folder), LASTING_MS);
    case 'error': {
      const error = new SqliteError(reply.error);
      // the thread could not be started
      if (error.errcode === undefined) return new StoreRefusal(error.message.replace(/\.$/, ''), PASSING_MS, error);
      return sqliteRefusal(error, folder) ?? new StoreRefusal(`the file in ${folder} cannot be used`, LASTING_MS, error);
    }
    default:
      return reply satisfies never;
  }
}
