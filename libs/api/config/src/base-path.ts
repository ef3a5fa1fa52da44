import { ConfigurationError } from './configuration-error';

const SEGMENTS = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+$/;
/** A base that begins like a route of Tandem's own could not be told from it. */
const OWN = /^\/(?:api|stream|v1|chat)(?:\/|$)/;

/** The path under which everything is reached, `/tools/tandem`; empty for the root. @throws ConfigurationError */
export function parseBasePath(name: string, value = ''): string {
  const path = value.replace(/\/$/, '');
  if (path === '') return '';
  if (!SEGMENTS.test(path)) throw new ConfigurationError(name, `must be a path such as /tools/tandem, of letters, digits and . _ ~ -, but is "${value}".`);
  if (OWN.test(path)) throw new ConfigurationError(name, `must not begin with /api, /stream, /v1 or /chat, which are Tandem's own, but is "${value}".`);
  return path;
}
