import { type OutwardProxies, proxyFor } from '@tandem/api/endpoint';
import { Agent, Pool, ProxyAgent } from 'undici';
import type { Deadlines } from './deadlines';
import { type Guard, guardedConnector } from './guarded-connector';

/** Far above the longest answer there can be, far below what would hurt. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** One pool of sockets per origin, straight to it or through the proxy before it. Whoever made it closes it. */
export function openPools({ connectMs, headersMs, silenceMs }: Deadlines, guard: Guard, proxies: OutwardProxies, options: Agent.Options = {}): Agent {
  const limits = { headersTimeout: headersMs, bodyTimeout: silenceMs, maxResponseSize: MAX_RESPONSE_BYTES, allowH2: false } as const;
  return new Agent({
    ...options,
    ...limits,
    connect: guardedConnector(connectMs, guard),
    factory: (origin, given) => {
      const proxy = proxyFor(new URL(origin), proxies);
      if (proxy === undefined) return new Pool(origin, given);
      return new ProxyAgent({
        uri: proxy.href,
        connectTimeout: connectMs,
        // the proxy itself answers within the time of a connection
        clientFactory: (address, own) => new Pool(address, { ...own, headersTimeout: connectMs }),
        factory: (address, own) => new Pool(address, { ...own, ...options, ...limits }),
      });
    },
  });
}
