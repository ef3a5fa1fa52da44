import type { Request } from 'express';
import { Fault, invalidJson, noFileType, noJsonType, unknownField } from '@tandem/api/faults';
import { scanJson } from './scan-json';

/** Names that lead from an object to its class: class-transformer drops them in silence. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const BYTE_ORDER_MARK = 0xfeff;

/**
 * @param files what the route takes in place of JSON
 * @throws Fault `unsupported_media_type` where the body is declared as something else. It also keeps a foreign page's plain form from posting here.
 */
export function requireType(request: Request, files?: readonly string[]): void {
  if (!request.is([...(files ?? ['application/json'])])) throw files === undefined ? noJsonType() : noFileType(files);
  if (!isUtf8(request.headers['content-type'])) throw new Fault('unsupported_media_type', 'The request body must be encoded as UTF-8.');
}

/** JSON has no other; without a name it is meant. */
function isUtf8(contentType = ''): boolean {
  return /^utf-?8$/i.test(/;\s*charset="?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8');
}

/** @throws Fault unless it is one JSON object of at most `mostValues` values, which is known before it is built */
export function parseJsonBody(bytes: Buffer, mostValues: number): object {
  if (bytes.length === 0) return {};
  scanJson(bytes, mostValues);
  const body = parse(bytes);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Fault('invalid_json', 'The request body must be one JSON object, such as {"model":"…","prompt":"…"}.');
  }
  refuseReserved(body);
  return body;
}

function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch {
    throw invalidJson();
  }
}

function refuseReserved(holder: object): void {
  for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
    if (RESERVED.has(name)) throw unknownField(name);
    if (typeof value === 'object' && value !== null) refuseReserved(value);
  }
}
