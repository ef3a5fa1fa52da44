import type { ConfiguredModel, Environment } from '@tandem/api/config';
import { parseEndpoint } from '@tandem/api/endpoint';
import type { RemoteEndpoint } from '@tandem/api/upstream';

/** Where a configured model's server is and how to speak with it, with the key that is meant for it. */
export function remoteEndpointOf({ entry }: ConfiguredModel, { apiKey }: Environment): RemoteEndpoint {
  const key = entry.api_key_env === undefined ? apiKey : process.env[entry.api_key_env]?.trim();
  return {
    url: parseEndpoint(entry.endpoint),
    ...(entry.protocol === undefined ? {} : { protocol: entry.protocol }),
    ...(entry.model === undefined ? {} : { model: entry.model }),
    ...(entry.path === undefined ? {} : { path: entry.path }),
    ...(entry.health_path === undefined ? {} : { healthPath: entry.health_path }),
    ...(key ? { apiKey: key } : {}),
  };
}
