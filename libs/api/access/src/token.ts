import { createHash, timingSafeEqual } from 'node:crypto';

/** The token of `Authorization: Bearer`. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (.*)/i.exec(authorization ?? '')?.[1]?.trim() || undefined;
}

/** Whether two secrets are the same, in a time that tells nothing about either. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Of one length, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
