import { createHash, randomBytes } from 'node:crypto';
import type { Principal } from './access-tokens';

const HOUR_MS = 60 * 60_000;
/** Without a request, then with as many as one likes, in milliseconds. */
export const IDLE_MS = 12 * HOUR_MS;
export const LONGEST_MS = 7 * 24 * HOUR_MS;
const ID_BYTES = 32;
/** More people than share a server; past it who was away longest signs in again. */
const MOST = 10_000;

interface Session {
  readonly principal: Principal;
  readonly since: number;
  usedAt: number;
}

/**
 * Who has signed in, by the checksum of what is in their cookie: what is kept here opens nothing. In memory, so a restart
 * signs everyone out.
 */
export class Sessions {
  /** In the order of their last use. */
  private readonly kept = new Map<string, Session>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Gives what goes into the cookie. */
  start(principal: Principal): string {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const since = this.now();
    this.kept.set(keyOf(id), { principal, since, usedAt: since });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return id;
  }

  /** Whom the cookie stands for, and under which name it is known here; undefined where it is over. */
  find(id: string): { readonly key: string; readonly principal: Principal } | undefined {
    const key = keyOf(id);
    const session = this.kept.get(key);
    if (session === undefined || this.isOver(session)) return undefined;
    session.usedAt = this.now();
    this.kept.delete(key);
    this.kept.set(key, session);
    return { key, principal: session.principal };
  }

  end(id: string): string {
    const key = keyOf(id);
    this.kept.delete(key);
    return key;
  }

  /** Forgets those that are over, and those of the principals that may not come in any more; gives the names of them all. */
  sweep(gone: readonly Principal[] = []): ReadonlySet<string> {
    const lost = new Set(gone.map(({ key }) => key));
    const over = [...this.kept].filter(([, session]) => this.isOver(session) || lost.has(session.principal.key)).map(([key]) => key);
    for (const key of over) this.kept.delete(key);
    return new Set(over);
  }

  private isOver({ since, usedAt }: Session): boolean {
    const now = this.now();
    return now - usedAt > IDLE_MS || now - since > LONGEST_MS;
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
