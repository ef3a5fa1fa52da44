import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Exchange, Exchanges } from './exchanges';
import type { Fault } from '@tandem/api/faults';
import type { AppLogger } from './logger';
import { policyOf } from '../route/request-route';

const CLIENT_LEFT = 499;
const SHOWN_PATH_CHARACTERS = 200;

/** Writes one line per request when its answer is over, tells those who count, and ties all lines between to its id. */
export function observeRequests(logger: AppLogger, exchanges: Exchanges) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    // the address as it came: what is behind the question mark may be a prompt, and a route may rewrite it
    const path = request.originalUrl.split('?', 1)[0]?.slice(0, SHOWN_PATH_CHARACTERS) ?? '';
    logger.within(request.requestId ?? '', (log) => {
      response.once('close', () => {
        const exchange: Exchange = {
          method: request.method,
          route: routeOf(request, response),
          status: statusOf(response),
          durationMs: performance.now() - start,
        };
        exchanges.end(exchange);
        write(log, exchange, { path, isQuiet: policyOf(request).log === 'debug', request, response });
      });
      next();
    });
  };
}

/** What the client was told, as far as it was. */
function statusOf(response: Response): number {
  return refusalOf(response)?.status ?? (response.headersSent ? response.statusCode : CLIENT_LEFT);
}

/** Why the connection was closed under it, and with which answer. */
function refusalOf(response: Response): Fault | undefined {
  return (response.locals as { refused?: Fault }).refused;
}

function routeOf(request: Request, response: Response): string {
  const own = (response.locals as { route?: string }).route;
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return own ?? (typeof path === 'string' ? path : 'other');
}

interface Circumstances {
  readonly path: string;
  readonly isQuiet: boolean;
  readonly request: Request;
  readonly response: Response;
}

function write(log: Logger, { method, status, durationMs }: Exchange, { path, isQuiet, request, response }: Circumstances): void {
  const streamId = response.getHeader('x-stream-id');
  const faultCode = refusalOf(response)?.code ?? (response.locals as { faultCode?: string }).faultCode;
  const milliseconds = Math.round((durationMs ?? 0) * 10) / 10;
  log[levelOf(status, isQuiet)](
    {
      context: 'Http',
      event: 'request',
      method,
      path,
      status,
      duration_ms: milliseconds,
      client: request.ip,
      ...(faultCode === undefined ? {} : { code: faultCode }),
      ...(streamId === undefined ? {} : { stream_id: streamId }),
      ...(response.writableFinished ? {} : { aborted: true }),
    },
    `${method} ${path} ${status} in ${milliseconds} ms`,
  );
}

function levelOf(status: number, isQuiet: boolean): 'debug' | 'info' | 'warn' | 'error' {
  if (isQuiet) return 'debug';
  if (status === 500) return 'error';
  return status > 500 ? 'warn' : 'info';
}
