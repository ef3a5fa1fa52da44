import { isForbiddenHost, isPrivateHost } from './address';
import { lookAlikeOf } from './look-alike';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const EXPLICIT_PORT = /^[^/]*:(\d*)(?:\/|$)/;

export class EndpointError extends Error {
  /** Its sentence, without the full stop: it may go on. */
  readonly clause: string;

  constructor(endpoint: string, problem: string) {
    // A refused endpoint may hold a password or a key: what stands before an @, or behind ? and #, is not repeated.
    const shown = withoutUser(endpoint).replace(/([?#]).+/s, '$1***');
    const clause = `The endpoint "${shown.slice(0, 200)}" ${problem}`;
    super(`${clause}.`);
    this.name = 'EndpointError';
    this.clause = clause;
  }
}

function withoutUser(endpoint: string): string {
  const at = endpoint.lastIndexOf('@');
  if (at < 0) return endpoint;
  const scheme = endpoint.slice(0, at).lastIndexOf('//');
  return `${endpoint.slice(0, scheme < 0 ? 0 : scheme + 2)}***${endpoint.slice(at)}`;
}

/** A path whose slashes at its end say nothing. */
export function withoutLastSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** Explicit ports other than 443 and hosts of one's own speak http, everything else https. */
function withScheme(endpoint: string): string {
  const explicitPort = EXPLICIT_PORT.exec(endpoint.replace(/^\[[^\]]*\]/, 'v6'))?.[1];
  if (explicitPort === '') throw new EndpointError(endpoint, 'has a colon but no port: write host:port or leave the colon out');
  if (explicitPort !== undefined) return `${Number(explicitPort) === 443 ? 'https' : 'http'}://${endpoint}`;
  const host = URL.parse(`http://${endpoint}`)?.hostname ?? '';
  return `${isPrivateHost(host) ? 'http' : 'https'}://${endpoint}`;
}

/**
 * Reads `host[:port][/base]` or an http(s) URL into the address of a model server.
 * The URL's path never ends with a slash, except for `/` itself.
 * @throws EndpointError whose message is a sentence for the one who wrote it
 */
export function parseEndpoint(endpoint: string): URL {
  const refuse = (problem: string) => new EndpointError(endpoint, problem);
  const text = endpoint.trim();
  if (text === '') throw refuse('is empty: write host:port or an http(s) URL');
  if (/[\s\\\p{Cc}]/u.test(text)) throw refuse('holds spaces, backslashes or control characters');
  if (/[^\x20-\x7e]/.test(text)) throw refuse('holds letters outside ASCII: write the host name in its "xn--" form');
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw refuse(`starts with ${scheme}://, but only http:// and https:// are possible`);
  }
  if (scheme === undefined && text.startsWith('/')) throw refuse('has no host: write host:port or an http(s) URL');

  const url = URL.parse(scheme === undefined ? withScheme(text) : text);
  if (url === null) throw refuse('is neither host[:port][/base] nor an http(s) URL (IPv6 addresses stand in brackets)');
  if (url.username !== '' || url.password !== '' || text.includes('@')) {
    throw refuse('holds a user name or password: put the key into API_KEY or api_key_env instead');
  }
  if (text.includes('#')) throw refuse('holds a fragment (#…): leave it out');
  if (text.includes('?')) throw refuse('holds a query (?…): put it into "path" instead');
  if (url.port === '0') throw refuse('has port 0: ports are 1 to 65535');
  if (url.hostname.endsWith('.')) throw refuse('has a host that ends with a dot: leave it out');
  const disguised = lookAlikeOf(url.hostname);
  if (disguised !== undefined) {
    throw refuse(
      `has the label "${disguised}", which spells a name in letters that only look like others: write the name that is meant, or the server's address`,
    );
  }
  if (isForbiddenHost(url.hostname)) {
    throw refuse(`leads to ${url.hostname}, a link-local, metadata or unspecified address, where no model server can be`);
  }
  url.pathname = withoutLastSlashes(url.pathname);
  return url;
}
