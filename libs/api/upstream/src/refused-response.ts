import { Fault } from '@tandem/api/platform';
import type { ServerFailure } from './dialects/dialect';
import { isObject, readJson } from './dialects/json';
import { readFailure } from './dialects/server-failure';
import { readDocument } from './read-document';
import type { UpstreamResponse } from './upstream-client';

const MAX_ERROR_BYTES = 64 * 1024;

/** Throws for a redirect: it is never followed, so that neither key nor prompt reach another host. */
export function refuseRedirect({ status, header, body }: UpstreamResponse, host: string): void {
  if (status < 300 || status > 399) return;
  body.on('error', () => undefined).destroy();
  const target = URL.parse(header('location'), `http://${host}`);
  const where = target === null ? '' : ` to ${target.protocol}//${target.host}`;
  throw new Fault(
    'upstream_redirect',
    `The model server at ${host} redirects${where} (HTTP ${status}), which Tandem does not follow: put the final address into the configuration.`,
  );
}

/** What a response with a status of 400 and above says went wrong. Only JSON is read for words: a page is no reason. */
export async function readRefusal(response: UpstreamResponse, host: string, ms: number): Promise<ServerFailure> {
  const text = await readDocument(response, host, { bytes: MAX_ERROR_BYTES, ms, tooLong: 'cut' }).catch(() => '');
  const document = readJson(text);
  const failure = isObject(document) ? readFailure(document) : null;
  return { ...(failure ?? { message: '' }), status: response.status };
}
