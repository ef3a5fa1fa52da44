import { foreignPage } from '@tandem/api/faults';
import { policyOf } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Refuses what a page of another site has a browser send, however it does so, unless its origin is named. A link may lead
 * to a page. Who is no browser says nothing of where it comes from, and is let in.
 */
export function refuseForeignPages(origins: readonly string[]): RequestHandler {
  const named = new Set(origins);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    if (!isForeign(request) || (origin !== undefined && named.has(origin)) || isVisit(request)) return next();
    throw foreignPage();
  };
}

/** A browser says so itself where the connection is safe or local, and no page can make it say otherwise. Elsewhere it tells the origin of some requests. */
function isForeign({ headers, host }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !OWN_SITES.has(String(site));
  const from = headers.origin ?? headers.referer;
  return from !== undefined && URL.parse(from)?.host.toLowerCase() !== host?.toLowerCase();
}

function isVisit(request: Request): boolean {
  const { method, headers } = request;
  const isNavigation =
    headers['sec-fetch-mode'] === undefined
      ? headers.origin === undefined
      : headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isNavigation && (method === 'GET' || method === 'HEAD') && policyOf(request).page;
}
