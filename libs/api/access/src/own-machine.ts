import { isLoopbackHost } from '@tandem/api/endpoint';
import type { Request } from 'express';
import { hostIn } from './known-hosts';

/** A proxy on this machine says by one of these that it asks for somebody else. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request comes from a client on this machine: by its socket and by the name that it asked for, with a page of
 * this machine behind it where there is one, and by no proxy. A proxy that tells nothing of itself is not found out: a
 * server behind one needs tokens.
 */
export function isFromThisMachine({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const { host, origin } = headers;
  if (host === undefined || FORWARDING.some((name) => headers[name] !== undefined)) return false;
  const isOwnPage = origin === undefined || isLoopbackHost(hostIn(URL.parse(origin)?.host ?? ''));
  return isOwnPage && isLoopbackHost(hostIn(host)) && isLoopbackHost(socket.remoteAddress ?? '');
}
