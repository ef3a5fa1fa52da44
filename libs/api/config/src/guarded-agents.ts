import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { ForbiddenAddressError, guardLookup, isForbiddenHost } from '@tandem/api/platform';

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

/** Sockets to servers of ours other than model servers: to no forbidden address whatever the name resolves to. */
export function guardedAgents(resolve?: LookupFunction): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  // the SDK's own agents keep connections as well
  const options: AgentOptions & { lookup: LookupFunction } = { keepAlive: true, maxSockets: 50, lookup: guardLookup(resolve) };
  return { httpAgent: new GuardedHttpAgent(options), httpsAgent: new GuardedHttpsAgent(options) };
}
