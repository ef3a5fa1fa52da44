import type { OutwardProxies } from '@tandem/api/endpoint';
import { ConfigurationError } from './configuration-error';

/** The first of some variables that is set, and its name. Small letters come first, as everywhere. */
type Read = (...names: readonly string[]) => readonly [name: string, value: string | undefined];

/** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in small letters too. @throws ConfigurationError */
export function parseOutwardProxies(read: Read): OutwardProxies {
  const [, except = ''] = read('no_proxy', 'NO_PROXY');
  return {
    http: parseProxy(...read('http_proxy', 'HTTP_PROXY')),
    https: parseProxy(...read('https_proxy', 'HTTPS_PROXY')),
    except: except.split(/[\s,]+/).filter(Boolean),
  };
}

/** Says nothing of the value: it may hold a password. */
function parseProxy(name: string, value: string | undefined): URL | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new ConfigurationError(name, 'must be the address of an HTTP proxy, such as http://proxy.example.com:3128.');
}
