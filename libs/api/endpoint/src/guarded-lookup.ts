import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbiddenHost } from './address';

/** A host that resolves to an address where no server of ours may be: a name can change after it was checked. */
export class ForbiddenAddressError extends Error {
  constructor(readonly host: string) {
    super(`${host} leads to a link-local, metadata or unspecified address`);
    this.name = 'ForbiddenAddressError';
  }
}

/** Resolves a name for a socket; the socket then connects to exactly the addresses that were checked here. */
export function guardLookup(resolve: LookupFunction = resolveName as LookupFunction): LookupFunction {
  return (host, options, callback) => {
    resolve(host, options, (error, address, family) => {
      const addresses = typeof address === 'string' ? [address] : (address ?? []).map((entry) => entry.address);
      if (error === null && addresses.some(isForbiddenHost)) callback(new ForbiddenAddressError(host), '', 0);
      else callback(error, address, family);
    });
  };
}
