import type { LookupFunction } from 'node:net';
import { ForbiddenAddressError, guardLookup, isForbiddenHost } from '@tandem/api/endpoint';
import { buildConnector } from 'undici';
import { withoutInformational } from './final-responses';
import { ONE_BUFFER, readAtOnce } from './read-at-once';

export { ForbiddenAddressError, guardLookup };

/** A host that leads back here, by whatever name. */
export class OwnAddressError extends Error {
  constructor(readonly host: string) {
    super(`${host} leads back to Tandem itself`);
    this.name = 'OwnAddressError';
  }
}

/** What a connector goes by besides its deadline. */
export interface Guard {
  /** Default: as the system does it. */
  readonly resolve?: LookupFunction;
  /** Whether an address and port are where Tandem itself listens. Default: none are. */
  readonly isOwn?: (address: string, port: number) => boolean;
}

/** Opens the sockets to model servers: to no forbidden address whatever the name resolves to, and none back to Tandem. */
export function guardedConnector(connectMs: number, { resolve, isOwn = () => false }: Guard = {}): buildConnector.connector {
  const options = { timeout: connectMs, allowH2: false, lookup: guardLookup(resolve) } as buildConnector.BuildOptions;
  const overTls = buildConnector(options);
  const plainly = buildConnector({ ...options, ...ONE_BUFFER } as buildConnector.BuildOptions);
  return (target, callback) => {
    // Addresses never pass through a look-up.
    if (isForbiddenHost(target.hostname)) return callback(new ForbiddenAddressError(target.hostname), null);
    const isPlain = target.protocol === 'http:';
    const connect = isPlain ? plainly : overTls;
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error !== null) return callback(error, null);
      if (!isOwn(socket.remoteAddress ?? '', socket.remotePort ?? 0)) return callback(null, withoutInformational(isPlain ? readAtOnce(socket) : socket));
      socket.destroy();
      callback(new OwnAddressError(target.hostname), null);
    });
  };
}
