import { Fault, nothingListens, slowToBegin, type Told } from '@tandem/api/faults';
import type { FaultCode } from '@tandem/shared/contracts';
import { ForbiddenAddressError, OwnAddressError } from './guarded-connector';

type Telling = readonly [code: FaultCode, told: (host: string) => Told, retryable: boolean];

const unreachable = (told: (host: string) => Told, retryable = true): Telling => ['upstream_unreachable', told, retryable];

const certificate = (problem: string): Telling =>
  unreachable((host) => ({ what: `The certificate of the model server at ${host} ${problem}`, hint: 'renew it, or correct the endpoint' }), false);

const REFUSED = unreachable(nothingListens);
const SLOW_CONNECT = unreachable((server) => ({ server, what: 'could not be reached in time', hint: 'check the address, the network and the firewall' }));
const NO_ROUTE = unreachable((host) => ({ what: `There is no way to ${host} in this network`, hint: 'check the address and the network' }));
const NO_NAME = unreachable((host) => ({
  what: `The name of ${host} is not known to the name server`,
  hint: 'correct the endpoint, or wait until the name exists',
}));
const RESET = unreachable((server) => ({ server, what: 'closed the connection without an answer', hint: 'look into its log, then try again' }));
const NOT_TLS = unreachable(
  (host) => ({ what: `The server at ${host} does not speak TLS as asked for`, hint: 'check whether the endpoint is http or https' }),
  false,
);
const NOT_HTTP: Telling = [
  'upstream_bad_response',
  (host) => ({ what: `What answers at ${host} is not HTTP as it should be`, hint: 'check the port, and whether the endpoint is http or https' }),
  false,
];
const TOO_LARGE: Telling = ['upstream_bad_response', (host) => ({ what: `The answer of the model server at ${host} is larger than Tandem takes` }), false];
const SLOW_HEADERS: Telling = ['upstream_timeout', slowToBegin, true];
const SILENT: Telling = ['upstream_idle', (server) => ({ server, what: 'fell silent in the middle of its answer' }), true];
const CLOSING: Telling = ['server_restarting', () => ({ what: 'Tandem is shutting down', hint: 'send the request again in a moment' }), true];

const TELLINGS: ReadonlyMap<string, Telling> = new Map(
  Object.entries({
    ECONNREFUSED: REFUSED,
    UND_ERR_CONNECT_TIMEOUT: SLOW_CONNECT,
    ETIMEDOUT: SLOW_CONNECT,
    EHOSTUNREACH: NO_ROUTE,
    ENETUNREACH: NO_ROUTE,
    EADDRNOTAVAIL: NO_ROUTE,
    ENOTFOUND: NO_NAME,
    EAI_AGAIN: NO_NAME,
    ECONNRESET: RESET,
    EPIPE: RESET,
    UND_ERR_SOCKET: RESET,
    CERT_HAS_EXPIRED: certificate('has expired'),
    CERT_NOT_YET_VALID: certificate('is not valid yet'),
    ERR_TLS_CERT_ALTNAME_INVALID: certificate('is for another name'),
    DEPTH_ZERO_SELF_SIGNED_CERT: certificate('is self-signed'),
    SELF_SIGNED_CERT_IN_CHAIN: certificate('is self-signed'),
    CERT_SIGNATURE_FAILURE: certificate('is not signed by whom it names'),
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('is signed by an authority that this machine does not know'),
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate('is signed by an authority that this machine does not know'),
    EPROTO: NOT_TLS,
    UND_ERR_HEADERS_TIMEOUT: SLOW_HEADERS,
    UND_ERR_BODY_TIMEOUT: SILENT,
    UND_ERR_HEADERS_OVERFLOW: TOO_LARGE,
    UND_ERR_RES_EXCEEDED_MAX_SIZE: TOO_LARGE,
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: NOT_HTTP,
    UND_ERR_CLOSED: CLOSING,
    UND_ERR_DESTROYED: CLOSING,
  }),
);

function tellingOf(error: { readonly name?: unknown; readonly code?: unknown }): Telling | undefined {
  const code = String(error.code ?? '');
  if (error.name === 'HTTPParserError') return NOT_HTTP;
  if (code.startsWith('ERR_SSL_')) return NOT_TLS;
  return TELLINGS.get(code);
}

/** What went wrong between here and a model server, as a fault with words of its own. `host` is host and port. */
export function faultOfConnection(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof ForbiddenAddressError) {
    return new Fault('upstream_unreachable', `${host} leads to a link-local, metadata or unspecified address, where Tandem sends nothing.`, { cause: error });
  }
  if (error instanceof OwnAddressError) {
    const told = { what: `${host} leads back to Tandem itself, which would ask itself for ever`, hint: 'correct the endpoint' };
    return new Fault('upstream_unreachable', told, { cause: error });
  }
  const known = typeof error === 'object' && error !== null ? tellingOf(error) : undefined;
  const [faultCode, toldOf, retryable] = known ?? unreachable((server) => ({ server, what: 'could not be asked' }));
  return new Fault(faultCode, toldOf(host), { cause: error, retryable });
}

/** What only the connection to the proxy can say: the one to the server behind it is the proxy's own. */
const OF_PROXY = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'UND_ERR_PRX_CONN',
]);

/** What went wrong between here and a model server that is reached through a proxy. */
export function faultOfProxy(error: unknown, host: string, proxy: string): Fault {
  if (error instanceof Fault || typeof error !== 'object' || error === null) return faultOfConnection(error, host);
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  const status = /^Proxy response \((\d{3})\)/.exec(message)?.[1] ?? (message.includes('(407)') ? '407' : undefined);
  const through = `the proxy at ${proxy}, through which ${host} is reached`;
  if (status !== undefined) {
    const hint = status === '407' ? 'put its user and password into HTTPS_PROXY and HTTP_PROXY' : 'ask whoever runs it, or name the host in NO_PROXY';
    const told = { what: `Refused by ${through} (HTTP ${status})`, hint };
    return new Fault('upstream_unreachable', told, { cause: error, retryable: status.startsWith('5') });
  }
  if (!OF_PROXY.has(String(code))) return faultOfConnection(error, host);
  const told = { what: `No connection with ${through}`, hint: 'correct HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY' };
  return new Fault('upstream_unreachable', told, { cause: error, retryable: true });
}
