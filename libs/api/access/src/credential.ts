import { bearerOf } from '@tandem/api/platform';
import { parseCookie } from 'cookie';
import type { Request } from 'express';

/** Where a signed-in page keeps its token, out of reach of its scripts. */
export const ACCESS_COOKIE = 'tandem_access';

export interface Credential {
  readonly token: string | undefined;
  /** A cookie is sent by the browser, whoever made it send the request; a header only by one who knows the token. */
  readonly isFromCookie: boolean;
}

export function credentialOf(request: Request): Credential {
  const bearer = bearerOf(request.headers.authorization);
  if (bearer !== undefined) return { token: bearer, isFromCookie: false };
  return { token: parseCookie(request.headers.cookie ?? '')[ACCESS_COOKIE], isFromCookie: true };
}
