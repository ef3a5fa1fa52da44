import { BlockList, isIP } from 'node:net';

/** The proxies between this machine and servers elsewhere. */
export interface OutwardProxies {
  readonly http: URL | undefined;
  readonly https: URL | undefined;
  /** Hosts that are reached without: names and all below them, `*.` before those below alone, addresses, networks, each with a port or without; `*` for all. */
  readonly except: readonly string[];
}

export const NO_PROXIES: OutwardProxies = { http: undefined, https: undefined, except: [] };

/** The proxy through which an address is reached; undefined where it is reached directly. */
export function proxyFor({ protocol, hostname, port }: URL, { http, https, except }: OutwardProxies): URL | undefined {
  const proxy = protocol === 'https:' ? https : http;
  if (proxy === undefined) return undefined;
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const number = port || (protocol === 'https:' ? '443' : '80');
  return except.some((entry) => isExcept(entry, host, number)) ? undefined : proxy;
}

function isExcept(entry: string, host: string, port: string): boolean {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  const named = entry.split(':').length === 2 ? /^([^:]*):(\d+)$/.exec(entry) : null;
  const [, name = entry, onlyPort] = bracketed ?? named ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (name === '*') return true;
  if (name.includes('/')) return isInNetwork(host, name);
  const below = name
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return below !== '' && ((host === below && !name.startsWith('*')) || host.endsWith(`.${below}`));
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
