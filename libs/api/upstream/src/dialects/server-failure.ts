import type { ServerFailure } from './dialect';
import { isObject, readJson } from './json';

const MAX_WRAPPERS = 4;
const MAX_FINDINGS = 20;

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asStatus(...candidates: unknown[]): number | undefined {
  return candidates.map(Number).find((status) => Number.isInteger(status) && status >= 400 && status <= 599);
}

function failure(message: string, status: number | undefined, ...types: unknown[]): ServerFailure {
  const type = types
    .map(asText)
    .filter((part) => part !== undefined)
    .join(' ');
  return { message, ...(status === undefined ? {} : { status }), ...(type === '' ? {} : { type }) };
}

/** FastAPI's `detail`: a text, or what its validation found. The input it quotes is left out: it may be the prompt. */
function readDetail(detail: unknown): ServerFailure | null {
  const text = asText(detail);
  if (text !== undefined) return failure(text, undefined);
  if (!Array.isArray(detail)) return null;
  const findings = detail.filter(isObject).map(({ loc, msg }) => {
    const place = Array.isArray(loc) ? loc.filter((part) => part !== 'body').join('.') : '';
    return [place, asText(msg)].filter((part) => part !== undefined && part !== '').join(': ');
  });
  return findings.length === 0 ? null : failure(findings.join('; '), 422);
}

/**
 * The failure that a JSON document of a model server tells of, or null. Knows `{error:{…}}`, `{error:"…"}` with or
 * without `error_type`, `{object:"error",…}`, `{type:"error",…}`, FastAPI's `{detail:…}`, `{errors:[…]}`, lists of
 * these, and each of them as text inside another.
 * `error: null`, `error: ""` and an empty object are no failures.
 */
export function readFailure(document: unknown, depth = 0): ServerFailure | null {
  if (depth > MAX_WRAPPERS) return null;
  if (Array.isArray(document)) return readFirst(document, depth);
  if (!isObject(document)) return null;
  const { error } = document;
  if (Array.isArray(error))
    return readFirst(
      error.map((one: unknown) => (isObject(one) && 'error' in one ? one : { error: one })),
      depth,
    );
  if (isObject(error)) {
    const message = asText(error['message']) ?? asText(error['detail']) ?? asText(error['type']) ?? asText(error['code']);
    const status = asStatus(error['code'], error['status'], error['http_status_code'], document['code'], document['status']);
    if (message === undefined && status === undefined) return null;
    return unwrapped(failure(message ?? 'no reason given', status, error['type'], error['code'], error['param']), depth);
  }
  const text = asText(error);
  if (text !== undefined) return unwrapped(failure(text, asStatus(document['code'], document['status']), document['error_type']), depth);
  if (document['object'] === 'error' || document['type'] === 'error') {
    const message = asText(document['message']) ?? 'no reason given';
    return failure(message, asStatus(document['code'], document['status']), document['type'], document['param']);
  }
  return 'choices' in document ? null : (readDetail(document['detail']) ?? readFindings(document['errors']));
}

/** Gateways put the words of the server behind them into a text of their own, as JSON. */
function unwrapped(outer: ServerFailure, depth: number): ServerFailure {
  if (!/^\s*[[{]/.test(outer.message)) return outer;
  const inner = readFailure(readJson(outer.message), depth + 1);
  return inner === null ? outer : { ...inner, ...(outer.status === undefined ? {} : { status: outer.status }) };
}

function readFirst(documents: readonly unknown[], depth: number): ServerFailure | null {
  for (const document of documents.slice(0, MAX_FINDINGS)) {
    const found = readFailure(document, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A list of what is wrong, each with its field; or the same by field. */
function readFindings(errors: unknown): ServerFailure | null {
  const findings = Array.isArray(errors)
    ? errors
    : isObject(errors)
      ? Object.entries(errors).map(([field, said]) => ({ field, message: [said].flat().map(asText).join(', ') }))
      : [];
  const said = findings.slice(0, MAX_FINDINGS).map((finding: unknown) => {
    if (!isObject(finding)) return asText(finding);
    const { field, param, parameter, path, message, msg, detail, code } = finding;
    return [asText(field) ?? asText(param) ?? asText(parameter) ?? asText(path), asText(message) ?? asText(msg) ?? asText(detail) ?? asText(code)]
      .filter((part) => part !== undefined)
      .join(': ');
  });
  const message = said.filter((part) => part !== undefined && part !== '').join('; ');
  return message === '' ? null : failure(message, undefined);
}
