import type { NextFunction, Request, Response } from 'express';
import { Fault } from './fault';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

function hasBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/** Refuses a body that is not declared as JSON. It also keeps a foreign page's plain form from posting here. */
export function requireJsonType(request: Request, _response: Response, next: NextFunction): void {
  if (WITH_BODY.has(request.method) && hasBody(request) && !request.is('application/json')) {
    throw new Fault('unsupported_media_type', 'The request body must be sent as Content-Type: application/json.');
  }
  next();
}

/** Refuses a body that is JSON but no object: runs after the parser. */
export function requireJsonObject(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (Array.isArray(body) || (body !== undefined && (typeof body !== 'object' || body === null))) {
    throw new Fault('invalid_json', 'The request body must be one JSON object, such as {"model":"…","prompt":"…"}.');
  }
  next();
}
