import { bearerOf } from './token';
import { parseCookie } from 'cookie';
import type { Request } from 'express';

/** What came along to show who it is. */
export interface Credential {
  readonly token: string | undefined;
  /** Of a page that signed in. */
  readonly session: string | undefined;
}

/** A token comes before a cookie: the browser sends that whoever made it send the request. */
export function credentialOf(request: Request): Credential {
  const token = bearerOf(request.headers.authorization);
  if (token !== undefined) return { token, session: undefined };
  return { token, session: parseCookie(request.headers.cookie ?? '')[sessionCookie(request)] };
}

/** Out of reach of the page's scripts. Over TLS its name keeps pages of neighbouring hosts and plain http from setting it. */
export function sessionCookie({ secure }: Pick<Request, 'secure'>): string {
  return secure ? '__Host-tandem_session' : 'tandem_session';
}
