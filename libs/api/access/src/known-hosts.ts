import { hostname, networkInterfaces } from 'node:os';
import { Logger } from '@nestjs/common';
import { isLoopbackHost } from '@tandem/api/endpoint';
import { unknownHost } from '@tandem/api/faults';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** An interface that comes up is known after this, in milliseconds. */
const LOOK_MS = 1_000;
/** A flood of requests must not become one of lines. */
const QUIET_MS = 60_000;
const SHOWN_CHARACTERS = 100;

/**
 * Answers only under names of this server. A page that had its own name lead here would otherwise be of the same origin as
 * Tandem, and could read all of it.
 */
export function requireKnownHost(allowed: readonly string[]): RequestHandler {
  const own = ownHosts();
  const logger = new Logger('Access');
  let saidAt = Number.NEGATIVE_INFINITY;
  return ({ headers }: Request, _response: Response, next: NextFunction): void => {
    // a client of HTTP/1.0 need not name one, and no browser speaks that
    if (headers.host === undefined) return next();
    const host = hostIn(headers.host);
    if (isLoopbackHost(host) || own().has(host) || allowed.some((pattern) => matches(pattern, host, portIn(headers.host ?? '')))) return next();
    const shown = host.slice(0, SHOWN_CHARACTERS);
    const now = performance.now();
    if (now - saidAt > QUIET_MS) {
      saidAt = now;
      logger.warn(`A request for the host ${JSON.stringify(shown)} was refused. If Tandem is reached by that name, add it to ALLOWED_HOSTS.`);
    }
    throw unknownHost(shown);
  };
}

/** The host of a `Host` header: without its port, an address without its brackets. */
export function hostIn(header: string): string {
  const bracketed = header.startsWith('[') ? header.indexOf(']') : -1;
  const host = bracketed > 0 ? header.slice(1, bracketed) : (header.split(':', 1)[0] ?? '');
  return host.toLowerCase().replace(/\.$/, '');
}

/** Undefined where it is the scheme's own. */
function portIn(header: string): string | undefined {
  return /:(\d+)$/.exec(header)?.[1];
}

/** A name, or `*.` and what all names below it end with; with a port only under that. */
function matches(pattern: string, host: string, port: string | undefined): boolean {
  const wanted = hostIn(pattern);
  const wantedPort = portIn(pattern);
  if (wantedPort !== undefined && wantedPort !== port) return false;
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

/** This machine's names and addresses, read again at times. */
function ownHosts(): () => ReadonlySet<string> {
  let known = new Set<string>();
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - readAt > LOOK_MS) {
      readAt = performance.now();
      const name = hostname().toLowerCase();
      const short = name.split('.', 1)[0] ?? name;
      const addresses = Object.values(networkInterfaces()).flatMap((found = []) => found.map(({ address }) => address.toLowerCase()));
      known = new Set([name, short, `${short}.local`, ...addresses]);
    }
    return known;
  };
}
