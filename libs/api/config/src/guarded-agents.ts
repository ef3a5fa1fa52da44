import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { ForbiddenAddressError, guardLookup, isForbiddenHost, NO_PROXIES, type OutwardProxies } from '@tandem/api/endpoint';

type Connected = Parameters<HttpAgent['createConnection']>[1];

/** Addresses never pass through a look-up. Tells the one who waits, and whether there was a reason to. */
function isRefused({ host }: ClientRequestArgs, connected: Connected): boolean {
  if (typeof host !== 'string' || !isForbiddenHost(host)) return false;
  // whoever is told of a failure reads no socket
  (connected as ((error: Error) => void) | undefined)?.(new ForbiddenAddressError(host));
  return true;
}

class GuardedHttpAgent extends HttpAgent {
  override createConnection(options: ClientRequestArgs, connected?: Connected) {
    return isRefused(options, connected) ? undefined : super.createConnection(options, connected);
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  override createConnection(options: ClientRequestArgs, connected?: Connected) {
    return isRefused(options, connected) ? undefined : super.createConnection(options, connected);
  }
}

/** Sockets to servers of ours other than model servers: to no forbidden address whatever the name resolves to; a proxy is trusted with names. */
export function guardedAgents(
  resolve?: LookupFunction,
  { http, https, except }: OutwardProxies = NO_PROXIES,
): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  // the SDK's own agents keep connections as well
  const proxyEnv = { ...(http ? { HTTP_PROXY: http.href } : {}), ...(https ? { HTTPS_PROXY: https.href } : {}), NO_PROXY: except.join(',') };
  const options: AgentOptions & { lookup: LookupFunction } = {
    keepAlive: true,
    maxSockets: 50,
    lookup: guardLookup(resolve),
    ...(http || https ? { proxyEnv } : {}),
  };
  return { httpAgent: new GuardedHttpAgent(options), httpsAgent: new GuardedHttpsAgent(options) };
}
