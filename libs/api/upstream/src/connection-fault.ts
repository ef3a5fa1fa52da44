import { Fault } from '@tandem/api/faults';
import type { FaultCode } from '@tandem/shared/contracts';
import { ForbiddenAddressError, OwnAddressError } from './guarded-connector';

type Sentence = readonly [code: FaultCode, sentence: (host: string) => string, retryable: boolean];

const unreachable = (sentence: (host: string) => string, retryable = true): Sentence => ['upstream_unreachable', sentence, retryable];

const certificate = (problem: string): Sentence =>
  unreachable((host) => `The certificate of the model server at ${host} ${problem}: renew it, or correct the endpoint.`, false);

const REFUSED = unreachable((host) => `Nothing listens at ${host}: start the model server, or correct the endpoint.`);
const SLOW_CONNECT = unreachable((host) => `The model server at ${host} could not be reached in time: check the address, the network and the firewall.`);
const NO_ROUTE = unreachable((host) => `There is no way to ${host} in this network: check the address and the network.`);
const NO_NAME = unreachable((host) => `The name of ${host} is not known to the name server: correct the endpoint, or wait until the name exists.`);
const RESET = unreachable((host) => `The model server at ${host} closed the connection without an answer: look into its log, then try again.`);
const NOT_TLS = unreachable((host) => `The server at ${host} does not speak TLS as asked for: check whether the endpoint is http or https.`, false);
const NOT_HTTP: Sentence = [
  'upstream_bad_response',
  (host) => `What answers at ${host} is not HTTP as it should be: check the port, and whether the endpoint is http or https.`,
  false,
];
const TOO_LARGE: Sentence = ['upstream_bad_response', (host) => `The answer of the model server at ${host} is larger than Tandem takes.`, false];
const SLOW_HEADERS: Sentence = [
  'upstream_timeout',
  (host) => `The model server at ${host} accepted the request but did not begin to answer in time: it may be overloaded.`,
  true,
];
const SILENT: Sentence = ['upstream_idle', (host) => `The model server at ${host} fell silent in the middle of its answer.`, true];
const CLOSING: Sentence = ['server_restarting', () => 'Tandem is shutting down: send the request again in a moment.', true];

const SENTENCES: ReadonlyMap<string, Sentence> = new Map(
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

function sentenceOf(error: { readonly name?: unknown; readonly code?: unknown }): Sentence | undefined {
  const code = String(error.code ?? '');
  if (error.name === 'HTTPParserError') return NOT_HTTP;
  if (code.startsWith('ERR_SSL_')) return NOT_TLS;
  return SENTENCES.get(code);
}

/** What went wrong between here and a model server, as a fault with a sentence of its own. `host` is host and port. */
export function faultOfConnection(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof ForbiddenAddressError) {
    return new Fault('upstream_unreachable', `${host} leads to a link-local, metadata or unspecified address, where Tandem sends nothing.`, { cause: error });
  }
  if (error instanceof OwnAddressError) {
    const sentence = `${host} leads back to Tandem itself, which would ask itself for ever: correct the endpoint.`;
    return new Fault('upstream_unreachable', sentence, { cause: error });
  }
  const known = typeof error === 'object' && error !== null ? sentenceOf(error) : undefined;
  const [faultCode, sentence, retryable] = known ?? unreachable((at) => `The model server at ${at} could not be asked.`);
  return new Fault(faultCode, sentence(host), { cause: error, retryable });
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
    const advice = status === '407' ? 'put its user and password into HTTPS_PROXY and HTTP_PROXY' : 'ask whoever runs it, or name the host in NO_PROXY';
    return new Fault('upstream_unreachable', `Refused by ${through} (HTTP ${status}): ${advice}.`, { cause: error, retryable: status.startsWith('5') });
  }
  if (!OF_PROXY.has(String(code))) return faultOfConnection(error, host);
  return new Fault('upstream_unreachable', `No connection with ${through}: correct HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY.`, {
    cause: error,
    retryable: true,
  });
}
