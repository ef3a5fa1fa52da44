import ipaddr from 'ipaddr.js';
import { ConfigurationError } from './configuration-error';

/** How many proxies stand in front, or which addresses they have. Empty: none, and what they would say counts for nothing. */
export type TrustedProxies = number | readonly string[];

const MAX_HOPS = 32;
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** @throws ConfigurationError */
export function parseTrustedProxies(name: string, value = ''): TrustedProxies {
  if (/^\d{1,2}$/.test(value) && Number(value) <= MAX_HOPS) return Number(value);
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  const wrong = proxies.find((proxy) => !RANGES.has(proxy) && !ipaddr.isValid(proxy) && !ipaddr.isValidCIDR(proxy));
  if (wrong === undefined && !/^\d+$/.test(value)) return proxies;
  throw new ConfigurationError(
    name,
    `must be how many proxies stand in front (0 to ${MAX_HOPS}), or their addresses and networks with commas between them, such as 10.0.0.0/8, but holds "${wrong ?? value}".`,
  );
}
