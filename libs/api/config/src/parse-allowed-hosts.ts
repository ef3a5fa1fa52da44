import { ConfigurationError } from './configuration-error';

const PARTS = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s:/?#@\\*%[\]]+)(?::(\d{1,5}))?$/i;

/** One host as browsers write it in `Host`: small letters, `xn--` for others, no dot at the end. Undefined where it is none. */
function hostOf(value: string): string | undefined {
  const [, anyBelow = '', host = '', port] = PARTS.exec(value) ?? [];
  const read = URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '');
  if (!read || (anyBelow !== '' && /^\[|^[\d.]+$/.test(read))) return undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  return `${anyBelow}${read}${port === undefined ? '' : `:${Number(port)}`}`;
}

/** Names that the server answers to: `tandem.example.com`, `*.example.com` for all below it, each with a port or without. @throws ConfigurationError */
export function parseAllowedHosts(name: string, value = ''): readonly string[] {
  return value
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean)
    .map((host, at) => {
      const read = hostOf(host);
      if (read !== undefined) return read;
      throw new ConfigurationError(
        name,
        `must be host names such as tandem.example.com or *.example.com:8443, separated by commas, without http://; number ${at + 1}, "${host}", is not.`,
      );
    });
}
