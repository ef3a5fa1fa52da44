import { type ConfiguredModel, type Environment, isOwnAddress } from '@tandem/api/config';
import { UpstreamClient } from '@tandem/api/upstream';
import { deadlinesOf } from './remote-limits-of';

/** The sockets to one model's server. Whoever opens it closes it. */
export function openClient(model: ConfiguredModel, environment: Environment): UpstreamClient {
  // a name that leads back here shows when it is connected with, not before
  const isOwn = (address: string, port: number) => isOwnAddress(address, port, environment);
  return new UpstreamClient(deadlinesOf(model, environment), { isOwn }, environment.outwardProxies);
}
