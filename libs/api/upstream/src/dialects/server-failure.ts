import type { ServerFailure } from './dialect';
import { isObject, type JsonObject } from './json';

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
 * without `error_type`, `{object:"error",…}`, `{type:"error",…}` and FastAPI's `{detail:…}`.
 * `error: null`, `error: ""` and an empty object are no failures.
 */
export function readFailure(document: JsonObject): ServerFailure | null {
  const { error } = document;
  if (isObject(error)) {
    const message =
      asText(error['message']) ?? asText(error['detail']) ?? asText(error['type']) ?? asText(error['code']);
    const status = asStatus(
      error['code'],
      error['status'],
      error['http_status_code'],
      document['code'],
      document['status'],
    );
    if (message === undefined && status === undefined) return null;
    return failure(message ?? 'no reason given', status, error['type'], error['code'], error['param']);
  }
  const text = asText(error);
  if (text !== undefined) return failure(text, asStatus(document['code'], document['status']), document['error_type']);
  if (document['object'] === 'error' || document['type'] === 'error') {
    const message = asText(document['message']) ?? 'no reason given';
    return failure(message, asStatus(document['code'], document['status']), document['type'], document['param']);
  }
  return 'choices' in document ? null : readDetail(document['detail']);
}
