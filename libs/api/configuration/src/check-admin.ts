import { createHash, timingSafeEqual } from 'node:crypto';
import { Fault } from '@tandem/api/platform';

/** @throws Fault `unauthorized` unless the header carries the token; without a token everyone may. */
export function checkAdmin(authorization: string | undefined, token: string | undefined): void {
  if (token === undefined) return;
  const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new Fault('unauthorized', 'This needs the admin token: send "Authorization: Bearer" with the value of ADMIN_TOKEN.');
}

/** Of one length, so that comparing them tells nothing about the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
