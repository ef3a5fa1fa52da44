import { bodyTooLarge } from '@tandem/api/faults';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { clientOf } from '../client';
import { boundsOf } from '../route/route-policy';
import { policyOf } from '../route/request-route';
import { BodySlots } from './body-slots';
import { collectBody } from './collect-body';
import { inflateBody, inflateFor } from './inflate-body';
import { parseJsonBody, requireType } from './json-body';

declare module 'express-serve-static-core' {
  interface Request {
    /** The body, where the route takes a file. */
    sentFile?: Buffer;
  }
}

/** Elsewhere a body has no meaning, and is left alone. */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

export interface BodyLimits {
  /** Bodies above 64 KiB that are held at the same time; others wait. */
  readonly largeBodies: number;
  readonly largeBodiesPerClient: number;
  /** Bodies that are decompressed at the same time; others wait. */
  readonly compressedBodies: number;
  /** How long a large body may bring next to nothing, in milliseconds. */
  readonly bodyPaceMs: number;
}

/** Reads each body as far as its route lets it, and no further: what would be refused is refused before it is read, held or built. */
export function readBodies({ largeBodies, largeBodiesPerClient, compressedBodies, bodyPaceMs }: BodyLimits): RequestHandler {
  const slots = new BodySlots(largeBodies, largeBodiesPerClient);
  const inflating = new BodySlots(compressedBodies, compressedBodies);
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (!hasBody(request)) return next();
    const { bytes, values, files } = boundsOf(policyOf(request));
    if (Number(request.headers['content-length'] ?? 0) > bytes) throw bodyTooLarge(bytes);
    if (!WITH_BODY.has(request.method) && !request.is('application/json')) return next();
    requireType(request, files);
    const inflate = inflateFor(request.headers['content-encoding']);
    if (/100-continue/i.test(request.headers.expect ?? '')) response.writeContinue();
    const { key: client } = clientOf(request);
    const body = await collectBody(request, { bytes, slots, client, paceMs: bodyPaceMs });
    const plain = inflate ? await inTurn(inflating, client, () => inflateBody(inflate, body, bytes)) : body;
    if (files === undefined) request.body = parseJsonBody(plain, values);
    else request.sentFile = plain;
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function inTurn<T>(slots: BodySlots, client: string, work: () => Promise<T>): Promise<T> {
  let begin!: () => void;
  const turn = new Promise<void>((resolve) => (begin = resolve));
  const slot = slots.take(client, begin);
  try {
    await turn;
    return await work();
  } finally {
    slot.leave();
  }
}
