import type { NextFunction, Request, Response } from 'express';
import { Fault, unknownField } from './fault';

/** Deeper than any request is, and far from where what reads it recursively would run out of stack. */
const MAX_DEPTH = 32;
/** Names that lead from an object to its class: class-transformer drops them in silence. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

function hasBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/** Each brotli or zstd decoder takes some 20 MB, and hardly anyone sends them. */
const ENCODINGS = new Set(['identity', 'gzip', 'deflate']);

/** JSON has no other; without a name it is meant. */
function isUtf8(contentType = ''): boolean {
  return /^utf-?8$/i.test(/;\s*charset="?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8');
}

/** Refuses a body that is not declared as JSON. It also keeps a foreign page's plain form from posting here. */
export function requireJsonType(request: Request, _response: Response, next: NextFunction): void {
  if (WITH_BODY.has(request.method) && hasBody(request)) {
    if (!request.is('application/json')) throw new Fault('unsupported_media_type', 'The request body must be sent as Content-Type: application/json.');
    if (!isUtf8(request.headers['content-type'])) throw new Fault('unsupported_media_type', 'The request body must be encoded as UTF-8.');
    if (!ENCODINGS.has(request.headers['content-encoding']?.toLowerCase() ?? 'identity')) throw new Fault('unsupported_media_type', 'The request body has an encoding that is not supported. Use gzip or deflate, or send it as it is.');
  }
  next();
}

/** Refuses a body that is JSON but no plain object: runs after the parser. */
export function requireJsonObject(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (Array.isArray(body) || (body !== undefined && (typeof body !== 'object' || body === null))) {
    throw new Fault('invalid_json', 'The request body must be one JSON object, such as {"model":"…","prompt":"…"}.');
  }
  if (body !== undefined) checkNesting(body);
  next();
}

function checkNesting(body: object): void {
  let level: object[] = [body];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Fault('invalid_request', `The request body is nested more than ${MAX_DEPTH} levels deep.`);
    const next: object[] = [];
    for (const holder of level) {
      for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
        if (RESERVED.has(name)) throw unknownField(name);
        if (typeof value === 'object' && value !== null) next.push(value);
      }
    }
    level = next;
  }
}
