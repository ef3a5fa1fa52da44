import { STATUS_CODES } from 'node:http';
import { errorBodyOf, Fault, headTooLarge, requestTooSlow } from '@tandem/api/faults';

/** What address and headers of a request may take together. */
export const HEAD_KIB = 16;

/** Why a request could not be read, by the code of Node's error. */
export function faultOfHead(code: string, headerLines: number): Fault {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return headTooLarge(HEAD_KIB, headerLines);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Fault('payload_too_large', 'The chunk extensions of the request body are larger than 16 KiB together.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return requestTooSlow();
    default:
      return new Fault('invalid_request', 'This is not a well-formed HTTP/1.1 request.');
  }
}

/** The whole answer as it goes on the wire, where there is no response to write it to. */
export function rawAnswer(fault: Fault, requestId: string): string {
  const body = JSON.stringify(errorBodyOf(fault, requestId));
  const head = [
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
