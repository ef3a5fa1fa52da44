import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbiddenHost } from '@tandem/api/platform';
import { buildConnector } from 'undici';

/** A host that resolves to an address where no model server may be: a name can change after it was checked. */
export class ForbiddenAddressError extends Error {
  constructor(readonly host: string) {
    super(`${host} leads to a link-local, metadata or unspecified address`);
    this.name = 'ForbiddenAddressError';
  }
}

/** Resolves a name for a socket; the socket then connects to exactly the addresses that were checked here. */
export function guardLookup(resolve: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    resolve(host, options, (error, address, family) => {
      const addresses = typeof address === 'string' ? [address] : (address ?? []).map((entry) => entry.address);
      if (error === null && addresses.some(isForbiddenHost)) callback(new ForbiddenAddressError(host), '', 0);
      else callback(error, address, family);
    });
  };
}

/** Opens the sockets to model servers, to no forbidden address whatever the name resolves to. */
export function guardedConnector(connectMs: number): buildConnector.connector {
  const lookup = guardLookup(resolveName as LookupFunction);
  const options = { timeout: connectMs, allowH2: false, lookup } as buildConnector.BuildOptions;
  const connect = buildConnector(options);
  return (target, callback) => {
    // Addresses never pass through a look-up.
    if (isForbiddenHost(target.hostname)) callback(new ForbiddenAddressError(target.hostname), null);
    else connect(target, callback);
  };
}
