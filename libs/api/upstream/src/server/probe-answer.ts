import { Fault } from '@tandem/api/faults';
import { readDocument } from '../connection/read-document';
import { type RemoteEndpoint, routeUrl } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import { holdsTooMuch, isObject, readJson } from '../dialects/json';
import { readFailure } from '../dialects/server-failure';

const MAX_PROBE_BYTES = 4 * 1024 * 1024;

/** How one route of a model server answered a probe. */
export type ProbeAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Empty where it is nothing that a server says of itself. */
      readonly text: string;
      readonly isPage: boolean;
      readonly server: string;
    }
  | { readonly kind: 'unreachable'; readonly fault: Fault };

export interface ProbedRoute {
  readonly path: string;
  /** Whether the key goes along. */
  readonly withKey: boolean;
  /** How long the answer may take, in milliseconds. Default: as long as the signal lets it. */
  readonly patienceMs?: number;
}

/** Asks one route of a model server by GET. Rejects only when the signal is aborted. */
export async function askRoute(remote: RemoteEndpoint, route: ProbedRoute, client: UpstreamClient, signal: AbortSignal): Promise<ProbeAnswer> {
  const { url, apiKey } = remote;
  const patience = route.patienceMs === undefined ? [] : [AbortSignal.timeout(route.patienceMs)];
  const limit = AbortSignal.any([signal, ...patience]);
  try {
    const response = await client.send({ url: routeUrl(url, route.path), apiKey: route.withKey ? apiKey : undefined }, limit);
    const limits = { bytes: MAX_PROBE_BYTES, ms: client.deadlines.documentMs, tooLong: 'cut' } as const;
    const text = await readDocument(response, url.host, limits);
    return {
      kind: 'answer',
      status: response.status,
      text: holdsTooMuch(text) ? '' : text,
      isPage: response.header('content-type').includes('html') || /^\s*<(!doctype|html)/i.test(text),
      server: `${response.header('server')} ${response.headerNames.join(' ')}`.toLowerCase(),
    };
  } catch (error) {
    signal.throwIfAborted();
    const fault = limit.aborted
      ? new Fault('upstream_timeout', { server: url.host, what: `did not answer at ${route.path} in time` }, { retryable: true })
      : Fault.from(error);
    return { kind: 'unreachable', fault };
  }
}

/** What a probed route says about itself in words: its status field, or the failure it reports. */
export function wordsOf(text: string): string {
  const document = readJson(text);
  if (!isObject(document)) return '';
  const failure = readFailure(document);
  if (failure !== null) return failure.message;
  const { status } = document;
  return typeof status === 'string' ? status : '';
}
