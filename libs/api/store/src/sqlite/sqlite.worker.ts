// The one connection to the store's file, in a thread of its own: an insert takes as long as the disk does, and streams go on.
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileGone, OpenMessage, OpenReply, QueryMessage, QueryReply, SqliteErrorMessage } from './sqlite-messages';

/** "Tndm": tells a store from every other SQLite file. */
const APPLICATION_ID = 0x546e646d;
/** A copy is being made by another process. */
const BUSY_MS = 5_000;
/** A file up to this size is read as a whole before it is trusted: a moment's work. */
const CHECKED_BYTES = 16 * 1024 * 1024;
const SQLITE_BUSY = 5;
const FILE_GONE: FileGone = -1;
const DAMAGE: readonly number[] = [11, 26];

const { file } = workerData as OpenMessage;
let lock: DatabaseSync | undefined;
let database: DatabaseSync | undefined;
/** Which file is open: what is written to one that was removed is lost with the process. */
let inode: number | undefined;

/** Looks at the file without changing a byte of it. */
function inspect({ migrationTable, migrations }: OpenMessage): 'none' | 'foreign' | 'newer' | 'damaged' {
  const seen = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    const one = (sql: string, ...values: string[]): unknown => Object.values(seen.prepare(sql).get(...values) ?? {})[0];
    if (statSync(file).size <= CHECKED_BYTES && one('PRAGMA quick_check(1)') !== 'ok') return 'damaged';
    if (one('SELECT count(*) FROM sqlite_schema') === 0) return 'none';
    if (one('PRAGMA application_id') !== APPLICATION_ID) return 'foreign';
    if (one('SELECT count(*) FROM sqlite_schema WHERE name = ?', migrationTable) === 0) return 'none';
    const run = seen
      .prepare(`SELECT name FROM ${migrationTable}`)
      .all()
      .map(({ name }) => String(name));
    return run.every((name) => migrations.includes(name)) ? 'none' : 'newer';
  } finally {
    seen.close();
  }
}

function open(message: OpenMessage): OpenReply {
  const { lockFile } = message;
  try {
    lock = new DatabaseSync(lockFile, { timeout: 0 });
    // gone with the process, however it ends
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    return errcodeOf(thrown) === SQLITE_BUSY ? { refusal: 'in_use' } : { refusal: 'error', error: told(thrown) };
  }
  try {
    const refusal = existsSync(file) && statSync(file).size > 0 ? inspect(message) : 'none';
    if (refusal !== 'none') return { refusal };
    database = new DatabaseSync(file, { timeout: BUSY_MS });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    // what is ours already can be opened on a full disk
    if (Object.values(database.prepare('PRAGMA application_id').get() ?? {})[0] !== APPLICATION_ID) database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    inode = inodeOf(file);
    return { refusal };
  } catch (thrown) {
    return DAMAGE.includes(errcodeOf(thrown) ?? 0) ? { refusal: 'damaged' } : { refusal: 'error', error: told(thrown) };
  }
}

function run({ id, sql, parameters }: QueryMessage): QueryReply {
  try {
    if (database === undefined) throw new Error('The file is not open.');
    if (inodeOf(file) !== inode) return { id, error: { message: 'The file was removed or replaced.', errcode: FILE_GONE } };
    const statement = database.prepare(sql);
    if (statement.columns().length > 0) {
      const rows = statement.all(...parameters);
      return { id, rows, changes: rows.length };
    }
    return { id, rows: [], changes: statement.run(...parameters).changes };
  } catch (thrown) {
    return { id, error: told(thrown) };
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function close(): void {
  database?.close();
  lock?.close();
  parentPort?.close();
}

function errcodeOf(thrown: unknown): number | undefined {
  const { errcode } = thrown as { errcode?: number };
  // without what SQLite adds to it
  return errcode === undefined ? undefined : errcode & 0xff;
}

function told(thrown: unknown): SqliteErrorMessage {
  return { message: (thrown as Error).message, errcode: errcodeOf(thrown) };
}

parentPort?.on('message', (message: QueryMessage | 'close') => {
  if (message === 'close') close();
  else parentPort?.postMessage(run(message));
});
parentPort?.postMessage(open(workerData as OpenMessage));
