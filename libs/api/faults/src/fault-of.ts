import { HttpException } from '@nestjs/common';
import type { FaultCode } from '@tandem/shared/contracts';
import { Fault } from './fault';
import { nothingThere } from './request-faults';

const CODE_OF_STATUS: Partial<Record<number, FaultCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  421: 'misdirected_request',
  429: 'rate_limited',
  431: 'headers_too_large',
};

interface HttpLikeError {
  readonly status: number;
  readonly message: string;
}

function isHttpLike(thrown: unknown): thrown is HttpLikeError {
  return thrown instanceof Error && typeof (thrown as { status?: unknown }).status === 'number';
}

function fromStatus(status: number, message: string, cause: unknown): Fault {
  const code = CODE_OF_STATUS[status];
  return code === undefined ? Fault.from(cause) : new Fault(code, message, { cause });
}

/** Whatever a request failed with (ours, Nest's, the router's), as one fault. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof HttpException) {
    const cause = thrown.cause;
    if (isHttpLike(cause)) return faultOf(cause);
    const status = thrown.getStatus();
    return status === 404 ? nothingThere(thrown.message, thrown) : fromStatus(status, thrown.message, thrown);
  }
  if (thrown instanceof URIError) {
    return new Fault('invalid_request', 'The address holds a malformed percent-encoding.', { cause: thrown });
  }
  if (isHttpLike(thrown)) return fromStatus(thrown.status, 'The request could not be read.', thrown);
  return Fault.from(thrown);
}
