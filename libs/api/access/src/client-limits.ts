import { tooManyRequests } from '@tandem/api/faults';
import { type AnswerQuota, clientOf, policyOf } from '@tandem/api/http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';

const MINUTE_MS = 60_000;

/** At most `perMinute` requests of one client in a minute. */
export function limitRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => clientOf(request).key,
    skip: (request) => policyOf(request).countsAs === 'nothing',
    handler: (_request, response, next) => {
      const retryAfterSeconds = Number(response.getHeader('Retry-After')) || MINUTE_MS / 1000;
      next(tooManyRequests(perMinute, retryAfterSeconds));
    },
  });
}

/** Refuses a new answer before its request is read. Whoever opens it counts it; a GET may only go on with one. */
export function refuseBeyondQuota(quota: AnswerQuota): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (request.method === 'POST' && policyOf(request).countsAs === 'answer') quota.check(clientOf(request));
    next();
  };
}
