import type { ServerResponse } from 'node:http';
import { NO_ROUTE, type RoutePolicy } from '@tandem/api/http';

/** Nothing in the page's files is secret. */
export const FILE_POLICY: RoutePolicy = { ...NO_ROUTE, access: 'public', unknownFields: 'ignored', log: 'debug' };

/** A link of any site may lead to it. */
export const PAGE_POLICY: RoutePolicy = { ...FILE_POLICY, page: true };

const HASHED = /-[\w-]{8}\.(?:js|css|woff2?|svg|png)(?:\.(?:br|gz))?$/;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Files whose name holds a hash of their content never change; everything else is asked for anew. */
export function keepFor(response: ServerResponse, path: string): void {
  response.setHeader('Cache-Control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}
