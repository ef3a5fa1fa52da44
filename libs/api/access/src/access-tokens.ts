import { createHash, timingSafeEqual } from 'node:crypto';

/** Whom a token stands for. */
export interface Principal {
  /** A checksum of the token, which tells nothing of it. */
  readonly key: string;
  readonly isAdmin: boolean;
}

interface Known {
  readonly digest: Buffer;
  readonly principal: Principal;
}

const MOST_CHARACTERS = 1024;
const KEY_CHARACTERS = 32;

/** Who may use this server. Without access tokens it is everyone; the admin token opens what they open as well. */
export class AccessTokens {
  private known: readonly Known[] = [];
  /** Whether one must have a token at all. It stays so while the server runs: taking the last one away opens nothing. */
  areNeeded = false;
  needAdmin = false;

  constructor(access: readonly string[], admin: string | undefined) {
    this.replace(access, admin);
  }

  /** Gives those who may not come in any more. */
  replace(access: readonly string[], admin: string | undefined): readonly Principal[] {
    const before = this.known;
    this.areNeeded ||= access.length > 0;
    this.needAdmin ||= admin !== undefined;
    this.known = [...(admin === undefined ? [] : [knownBy(admin, true)]), ...access.map((token) => knownBy(token, false))];
    const kept = new Set(this.known.map(({ principal }) => principal.key));
    return before.map(({ principal }) => principal).filter(({ key }) => !kept.has(key));
  }

  /** Whom it stands for; undefined where it is wrong. All are compared, so that the time taken does not tell which one it was. */
  verify(token: string): Principal | undefined {
    if (token.length > MOST_CHARACTERS) return undefined;
    const digest = digestOf(token);
    const [found] = this.known.filter((known) => timingSafeEqual(known.digest, digest));
    return found?.principal;
  }
}

function knownBy(token: string, isAdmin: boolean): Known {
  const digest = digestOf(token);
  return { digest, principal: { key: digest.toString('hex').slice(0, KEY_CHARACTERS), isAdmin } };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
