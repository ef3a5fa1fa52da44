import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { errorBodyOf } from './error-body';
import { Fault } from './fault';

/** What one client may take of the server before its request is whole. Answers have no limit of time. */
export interface ServerLimits {
  /** How long a request's head may take to arrive, in milliseconds. */
  readonly headersMs: number;
  /** How long the whole request may take, its body included, in milliseconds. */
  readonly requestMs: number;
  /** How often that is looked at, in milliseconds. */
  readonly checkMs: number;
  /** How long an idle connection is kept: longer than a load balancer does (usually 60 s), or it reuses one that just closed. */
  readonly keepAliveMs: number;
  /** How long a reader may take nothing of what is ready for it, in milliseconds. One that reads slowly takes something. */
  readonly stalledMs: number;
  readonly headerLines: number;
  /** Bodies above 64 KiB that are read at the same time; others wait. */
  readonly largeBodies: number;
  readonly compressedBodies: number;
  /** Connections at the same time; more are closed as they come. */
  readonly connections: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 30_000,
  requestMs: 60_000,
  checkMs: 5_000,
  keepAliveMs: 75_000,
  stalledMs: 120_000,
  headerLines: 256,
  largeBodies: 8,
  compressedBodies: 2,
  connections: 10_000,
};

const LIMIT_KIB = 16;

/** Holds every connection to the limits, and answers what never becomes a request in the one error shape. */
export function boundServer(server: Server, { headersMs, requestMs, checkMs, keepAliveMs, stalledMs, headerLines, connections }: ServerLimits): void {
  const answering = new WeakMap<Socket, Set<ServerResponse>>();
  // Nest gives no way to pass these to the server's constructor; all are read later than that
  Object.assign(server, {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: keepAliveMs,
    maxHeadersCount: headerLines + 1,
    maxHeaderSize: LIMIT_KIB * 1024,
    maxConnections: connections,
    requireHostHeader: false,
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = answering.get(socket) ?? new Set();
    answering.set(socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  // also comes for connections that idle, and for those where an answer is still being made
  server.setTimeout(stalledMs, (socket) => {
    const isWaiting = (answering.get(socket)?.size ?? 0) > 0 && socket.writableLength === 0;
    if (!isWaiting) socket.destroy();
  });
  // an expectation that is not understood may be ignored
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // an answer that has begun must not be continued with this one
    const hasBegun = [...(answering.get(socket) ?? [])].some(({ headersSent }) => headersSent);
    if (!socket.writable || hasBegun || error.code === 'ECONNRESET') socket.destroy();
    else socket.end(rawAnswer(faultOfHead(error.code ?? '', headerLines)), () => socket.destroy());
  });
}

/** Refuses what Node would drop in silence, or answer without a word. */
export function refuseOddHeads({ headerLines }: ServerLimits) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    // Node 24 refuses them by itself, others drop the rest
    if (request.rawHeaders.length / 2 > headerLines) throw tooLargeHead(headerLines);
    if (request.httpVersion === '1.1' && request.headers.host === undefined) {
      throw new Fault('invalid_request', 'The request has no Host header.', { param: 'Host' });
    }
    next();
  };
}

function tooLargeHead(headerLines: number): Fault {
  return new Fault(
    'headers_too_large',
    `The address and headers of a request may take ${LIMIT_KIB} KiB together, in ${headerLines} headers. A long prompt belongs into the body of POST /stream.`,
  );
}

function faultOfHead(code: string, headerLines: number): Fault {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return tooLargeHead(headerLines);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Fault('payload_too_large', 'The chunk extensions of the request body are larger than 16 KiB together.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Fault('request_timeout', 'The request did not arrive in time. Send it again as a whole.', { retryable: true });
    default:
      return new Fault('invalid_request', 'This is not a well-formed HTTP/1.1 request.');
  }
}

function rawAnswer(fault: Fault): string {
  const requestId = randomUUID();
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
