import { HttpException } from '@nestjs/common';
import { type FaultCode, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Fault } from './fault';

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
  429: 'rate_limited',
  431: 'headers_too_large',
};

/** What Express' body parser throws, by its `type`. */
const BODY_FAULTS: Record<string, () => Fault> = {
  'entity.parse.failed': () =>
    new Fault('invalid_json', 'The request body is not valid JSON. Send one JSON object, encoded as UTF-8.'),
  'entity.too.large': () =>
    new Fault(
      'payload_too_large',
      `The request body is larger than ${REQUEST_LIMITS.bodyBytes} bytes (8 MiB), measured after decompression.`,
    ),
  'charset.unsupported': () => new Fault('unsupported_media_type', 'The request body must be encoded as UTF-8.'),
  'request.size.invalid': () =>
    new Fault('invalid_request', 'The request body is shorter or longer than its Content-Length says.'),
  'request.aborted': () => new Fault('invalid_request', 'The connection closed before the request body was complete.'),
};

interface HttpLikeError {
  readonly status: number;
  readonly type?: unknown;
  /** Only of what zlib throws. */
  readonly errno?: unknown;
  readonly message: string;
}

function isHttpLike(thrown: unknown): thrown is HttpLikeError {
  return thrown instanceof Error && typeof (thrown as { status?: unknown }).status === 'number';
}

function fromStatus(status: number, message: string, cause: unknown): Fault {
  const code = CODE_OF_STATUS[status];
  return code === undefined ? Fault.from(cause) : new Fault(code, message, { cause });
}

/** Whatever a request failed with (ours, Nest's, the body parser's, the router's), as one fault. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof HttpException) {
    const cause = thrown.cause;
    if (isHttpLike(cause)) return faultOf(cause);
    const status = thrown.getStatus();
    const message = status === 404 ? `There is nothing at this address (${thrown.message}). The API is described at /api/docs.` : thrown.message;
    return fromStatus(status, message, thrown);
  }
  if (thrown instanceof URIError) {
    return new Fault('invalid_request', 'The address holds a malformed percent-encoding.', { cause: thrown });
  }
  if (isHttpLike(thrown)) {
    const known = typeof thrown.type === 'string' ? BODY_FAULTS[thrown.type] : undefined;
    if (known) return known();
    const isCorrupt = typeof thrown.errno === 'number' && thrown.status === 400;
    return fromStatus(thrown.status, isCorrupt ? 'The request body is not what its Content-Encoding says.' : 'The request could not be read.', thrown);
  }
  return Fault.from(thrown);
}
