import { didNotAccept, Fault, wantsKey } from '@tandem/api/faults';
import type { ServerFailure } from '../dialects/dialect';
import { quoteServer } from './server-words';

/** What a fault's sentence may tell of the exchange that failed. */
export interface ExchangeFacts {
  /** Host and port. */
  readonly host: string;
  readonly hasKey: boolean;
  /** What the sentence must not repeat. */
  readonly secrets: readonly string[];
  /** The `Retry-After` header; empty when there is none. */
  readonly retryAfter?: string;
}

const DEFAULT_RETRY_SECONDS = 5;
const MAX_RETRY_SECONDS = 300;
const CONTEXT_EXCEEDED = /context[ _](length|size|window)|exceed_context|maximum context|too many tokens/i;

/** Seconds to wait by a `Retry-After` header, as a number or a date, within reason. */
export function retrySeconds(header: string, now: number): number {
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), MAX_RETRY_SECONDS) : DEFAULT_RETRY_SECONDS;
}

/** The status that a failure amounts to when it came without one, as failures inside a stream do. */
function statusOf({ status, message, type = '' }: ServerFailure): number {
  if (status !== undefined) return status;
  if (CONTEXT_EXCEEDED.test(`${message} ${type}`)) return 400;
  if (/rate_?limit|overloaded|too many requests/i.test(`${message} ${type}`)) return 429;
  return 500;
}

/** A failure that a model server reported, before its answer or inside it, as a fault with what to do about it. */
export function faultOfServer(failure: ServerFailure, { host, hasKey, secrets, retryAfter = '' }: ExchangeFacts): Fault {
  const status = statusOf(failure);
  const server = host;
  const quoted = quoteServer(failure.message, secrets);
  if (CONTEXT_EXCEEDED.test(`${failure.message} ${failure.type ?? ''}`) && status < 500) {
    const what = `The conversation is longer than the model at ${host} can take`;
    return new Fault('context_length_exceeded', { what, hint: 'shorten it, or ask for fewer tokens', quoted });
  }
  switch (status) {
    case 401:
    case 403:
      return new Fault(
        'upstream_auth',
        hasKey
          ? { server, what: `refused the key (HTTP ${status})`, hint: "correct API_KEY, or the variable that the model's api_key_env names" }
          : wantsKey(server, status),
      );
    case 404:
      return new Fault('upstream_rejected', {
        server,
        what: 'knows no such route or model (HTTP 404)',
        hint: 'check endpoint, path and model in the configuration',
        quoted,
      });
    case 408:
    case 504:
      return new Fault(
        'upstream_timeout',
        { server, what: `gave up on the request as too slow (HTTP ${status})`, hint: 'try again', quoted },
        { retryable: true },
      );
    case 413:
      return new Fault('upstream_rejected', {
        what: `The conversation is larger than the model server at ${host} accepts (HTTP 413)`,
        hint: 'shorten it',
      });
    case 429:
      return new Fault(
        'upstream_rate_limited',
        { server, what: 'has too many requests (HTTP 429)', hint: 'wait and try again', quoted },
        { retryable: true, retryAfterSeconds: retrySeconds(retryAfter, Date.now()) },
      );
    default:
      break;
  }
  // only where the server says when: it knows nothing else of itself
  const again = { retryable: true, ...(retryAfter === '' ? {} : { retryAfterSeconds: retrySeconds(retryAfter, Date.now()) }) };
  if (status === 503 && /loading/i.test(failure.message)) {
    return new Fault('upstream_error', { server, what: 'is still loading its model', hint: 'try again in a moment' }, again);
  }
  if (status >= 500) {
    const where = failure.status === undefined ? 'in its answer' : `HTTP ${status}`;
    return new Fault('upstream_error', { server, what: `failed (${where})`, hint: 'look into its log, then try again', quoted }, again);
  }
  return new Fault('upstream_rejected', { ...didNotAccept(server, status), quoted });
}

/** The fault of an answer that is none. `did`: what that server did, as a sentence goes on from its name. */
export function badResponse(server: string, did: string): Fault {
  return new Fault('upstream_bad_response', { server, what: `${did}. Check endpoint, path and protocol` });
}
