import { withoutLastSlashes } from '@tandem/api/endpoint';
import type { Protocol } from '@tandem/shared/contracts';

/** A model on a model server, as the configuration names it. */
export interface RemoteEndpoint {
  /** From `parseEndpoint`. */
  readonly url: URL;
  /** Default `auto`. */
  readonly protocol?: Protocol;
  /** The name to ask that server for; by default the first that it lists. */
  readonly model?: string;
  /** Path of the completion route, where it is not the protocol's own. */
  readonly path?: string;
  /** Path of the health route, where it is not one of the usual. */
  readonly healthPath?: string;
  /** Sent as `Authorization: Bearer`, to this endpoint only. */
  readonly apiKey?: string;
}

/** Base paths that people copy from elsewhere and that the routes bring themselves. */
const ROUTE_IN_BASE = /(?:\/v1)?\/(?:chat\/)?completions$|\/v1$|\/api\/(?:chat|generate)$|\/generate(?:_stream)?$/;
/** Ollama's routes begin with it; many gateways have everything below it. */
const API_IN_BASE = /\/api$/;

/** The address of a route on a model server: below the endpoint's base, where a trailing `/v1` counts once, and `/api` before `/api`. */
export function routeUrl(endpoint: URL, path: string): URL {
  const given = withoutLastSlashes(endpoint.pathname).replace(ROUTE_IN_BASE, '');
  const base = path.startsWith('/api/') ? given.replace(API_IN_BASE, '') : given;
  return new URL(`${endpoint.origin}${base}${path.startsWith('/') ? '' : '/'}${path}`);
}

/** Where a base ends in `/api`, the same address without it: Ollama's list of models stands beside that. */
export function besideApi(endpoint: URL): URL | null {
  const base = withoutLastSlashes(endpoint.pathname);
  return API_IN_BASE.test(base) ? new URL(`${endpoint.origin}${base.replace(API_IN_BASE, '')}/`) : null;
}
