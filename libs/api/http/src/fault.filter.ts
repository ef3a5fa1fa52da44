import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errorBodyOf, faultOf, openAiErrorOf } from '@tandem/api/faults';
import { policyOf } from './route/request-route';

/** How long the rest of a refused request is read, in milliseconds. */
const LINGER_MS = 2_000;

/** Turns whatever a request failed with before its first byte into the one JSON error of the contract. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const fault = faultOf(thrown);
    const requestId = request.requestId ?? '';
    (response.locals as { faultCode?: string }).faultCode = fault.code;
    if (fault.code === 'internal_error') this.logger.error({ msg: `request ${requestId} failed`, err: fault.cause });
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    if (fault.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(Math.ceil(fault.retryAfterSeconds)));
    const isForOpenAi = policyOf(request).errors === 'openai';
    // OpenAI's own clients ask again by the status alone, unless they are told not to
    if (isForOpenAi && !fault.retryable && fault.retryAfterSeconds === undefined) response.setHeader('x-should-retry', 'false');
    answer(request, response.status(fault.status), isForOpenAi ? openAiErrorOf(fault) : errorBodyOf(fault, requestId));
  }
}

/**
 * Whoever is still sending what is refused would hear of nothing but a reset if the connection closed under it: the rest is
 * read for a moment, by nobody, before it does.
 */
function answer(request: Request, response: Response, body: object): void {
  const isSending = !request.complete && !response.shouldKeepAlive;
  if (!isSending) return void response.json(body);
  const text = JSON.stringify(body);
  response
    .type('json')
    .set('Content-Length', String(Buffer.byteLength(text)))
    .write(text);
  const end = (): void => {
    clearTimeout(timer);
    if (!response.writableEnded) response.end();
  };
  const timer = setTimeout(end, LINGER_MS).unref();
  request.once('end', end).once('close', end).resume();
}
