import { Fault, redirects } from '@tandem/api/faults';
import { readDocument } from '../connection/read-document';
import type { UpstreamResponse } from '../connection/upstream-client';
import type { ServerFailure } from '../dialects/dialect';
import { holdsTooMuch, isObject, readJson } from '../dialects/json';
import { readFailure } from '../dialects/server-failure';

const MAX_ERROR_BYTES = 64 * 1024;

/** Throws for a redirect: it is never followed, so that neither key nor prompt reach another host. */
export function refuseRedirect({ status, header, body }: UpstreamResponse, host: string): void {
  if (status < 300 || status > 399) return;
  body.on('error', () => undefined).destroy();
  const target = URL.parse(header('location'), `http://${host}`);
  throw new Fault('upstream_redirect', redirects(host, status, target && `${target.protocol}//${target.host}`));
}

/** What a model server may repeat of what it was sent. */
const ECHOES = new Set(['input', 'body', 'request', 'payload', 'prompt', 'messages', 'inputs', 'ctx']);
const MAX_WORDS = 2_000;
const MAX_DEPTH = 8;
const TEXT_FIELDS = ['message', 'msg', 'error_message', 'error_msg', 'errorMessage', 'description', 'reason', 'title'];

/** Every word of a document, the names of its fields included, but for what it repeats. */
function wordsOf(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => wordsOf(item, depth + 1));
  return Object.entries(value).flatMap(([name, inner]) => (ECHOES.has(name) ? [] : [name, ...wordsOf(inner, depth + 1)]));
}

function flatMessage(document: unknown): string {
  return isObject(document) ? ((TEXT_FIELDS.map((field) => document[field]).find((text) => typeof text === 'string') as string | undefined) ?? '') : '';
}

/** What a response with a status of 400 and above says went wrong, in whatever form. A page is no reason. */
export async function readRefusal(response: UpstreamResponse, host: string, ms: number): Promise<ServerFailure> {
  const text = await readDocument(response, host, { bytes: MAX_ERROR_BYTES, ms, tooLong: 'cut' }).catch(() => '');
  const document = readJson(text);
  const isPage = response.header('content-type').toLowerCase().includes('html') || text.trimStart().startsWith('<');
  const plain = document === undefined && !isPage && !/^\s*[[{"]/.test(text) ? text : typeof document === 'string' ? document : flatMessage(document);
  const { message, ...rest } = readFailure(document) ?? readFailure(readJson(plain)) ?? { message: plain };
  const words = typeof document === 'object' && !holdsTooMuch(text) ? wordsOf(document).join(' ').slice(0, MAX_WORDS) : '';
  return { ...rest, message, ...(words === '' ? {} : { words }), status: response.status };
}
