import { isSameSecret } from '@tandem/api/platform';

/** Who may use this server. Without access tokens it is everyone; the admin token opens what they open as well. */
export class AccessTokens {
  private readonly known: readonly string[];

  constructor(
    private readonly access: readonly string[],
    admin: string | undefined,
  ) {
    this.known = admin === undefined ? access : [...access, admin];
  }

  /** Whether one must have a token at all. */
  get areNeeded(): boolean {
    return this.access.length > 0;
  }

  admit(token: string | undefined): boolean {
    if (!this.areNeeded) return true;
    // all are compared, so that the time taken does not tell which one it was
    return token !== undefined && this.known.filter((known) => isSameSecret(known, token)).length > 0;
  }
}
