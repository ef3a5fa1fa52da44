import { LASTING_MS, PASSING_MS, StoreFull, StoreRefusal } from '../refusal';

/** Of SQLSTATE's classes (postgresql.org/docs/current/errcodes-appendix.html), those that say something of the server. */
const CLASSES: Readonly<Record<string, string>> = {
  '08': 'the connection broke',
  '25': 'it takes no writes: name the primary server in DATABASE_URL',
  '28': 'it does not let this user in: correct DATABASE_URL',
  '3D': 'the database does not exist: make it, or correct DATABASE_URL',
  '53': 'it has run out of memory or connections',
  '57': 'it is shutting down or starting up',
  '58': 'it cannot read or write its files',
};
/** Rights are missing: to make tables, or to write into them. */
const NO_RIGHTS = '42501';
const DISK_FULL = '53100';
/** What the driver says in words only. */
const BROKEN = /^(?:Connection terminated|timeout exceeded when trying to connect|The server does not support SSL)/;

/** Whether the server failed a query. `place` is where it is, without a password. */
export function postgresRefusal(thrown: unknown, place: string): StoreRefusal | undefined {
  const { code = '', syscall, message = '' } = (thrown ?? {}) as { readonly code?: string; readonly syscall?: string; readonly message?: string };
  const refusal = (reason: string, retryMs = PASSING_MS): StoreRefusal => new StoreRefusal(`PostgreSQL at ${place}: ${reason}`, retryMs, thrown);
  if (code === NO_RIGHTS) return refusal('this user may not make or write tables: give it the rights', LASTING_MS);
  if (code === DISK_FULL) return new StoreFull(`PostgreSQL at ${place}: its disk is full: make room`, PASSING_MS, thrown);
  const reason = /^[0-9A-Z]{5}$/.test(code) ? CLASSES[code.slice(0, 2)] : undefined;
  if (reason !== undefined) return refusal(reason);
  if (syscall !== undefined || /^E[A-Z]+$/.test(code)) return refusal(`it cannot be reached (${code})`);
  if (BROKEN.test(message)) return refusal('it cannot be reached');
  return undefined;
}
