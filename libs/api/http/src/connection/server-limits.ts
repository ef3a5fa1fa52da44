import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { AbsentClients } from './absent-clients';
import { PACE_MS } from '../body/collect-body';
import type { BodyLimits } from '../body/read-bodies';
import { Fault, headTooLarge } from '@tandem/api/faults';
import { faultOfHead, HEAD_KIB, rawAnswer } from './unread-request';

/** What one client may take of the server before its request is whole. Answers have no limit of time. */
export interface ServerLimits extends BodyLimits {
  /** How long a request's head may take to arrive, in milliseconds. */
  readonly headersMs: number;
  /** How long the whole request may take, its body included, in milliseconds. */
  readonly requestMs: number;
  /** How often that is looked at, in milliseconds. */
  readonly checkMs: number;
  /** How long an idle connection is kept: longer than a load balancer does (usually 60 s), or it reuses one that just closed. */
  readonly keepAliveMs: number;
  /** How long a reader may take nothing of what is ready for it, in milliseconds: with the looks between, one that was stopped is let go within a minute. */
  readonly stalledMs: number;
  /** How long a reader may not even acknowledge it, in milliseconds. With a ping after 15 s and the looks between, one that is gone is known to be within a minute. */
  readonly absentMs: number;
  readonly headerLines: number;
  /** Connections at the same time; more are closed as they come. */
  readonly connections: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 30_000,
  requestMs: 60_000,
  checkMs: 5_000,
  keepAliveMs: 75_000,
  stalledMs: 40_000,
  absentMs: 35_000,
  headerLines: 256,
  largeBodies: 8,
  largeBodiesPerClient: 4,
  compressedBodies: 2,
  bodyPaceMs: PACE_MS,
  connections: 10_000,
};

/** What was answered before it was read as a request. */
export interface UnreadRequest {
  readonly requestId: string;
  readonly fault: Fault;
  /** Of the connection. */
  readonly client: string;
}

/** Who is told of what never becomes a request. */
export interface DoorKeeper {
  unread(request: UnreadRequest): void;
  /** One connection too many: it was closed without a word. */
  turnedAway(): void;
}

/** Holds every connection to the limits, answers what never becomes a request in the one error shape, and tells of it. */
export function boundServer(server: Server, limits: ServerLimits, keeper?: DoorKeeper): void {
  const { headersMs, requestMs, checkMs, keepAliveMs, stalledMs, headerLines, connections } = limits;
  const answering = new WeakMap<Socket, Set<ServerResponse>>();
  const clients = new AbsentClients(limits);
  // Nest gives no way to pass these to the server's constructor; all are read later than that
  Object.assign(server, {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: keepAliveMs,
    maxHeadersCount: headerLines + 1,
    maxHeaderSize: HEAD_KIB * 1024,
    maxConnections: connections,
    requireHostHeader: false,
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = answering.get(socket) ?? new Set();
    answering.set(socket, responses.add(response));
    clients.watch(socket);
    response.once('close', () => {
      responses.delete(response);
      if (responses.size === 0) clients.leave(socket);
    });
  });
  // also comes for connections that idle, and for those where an answer is still being made
  server.setTimeout(stalledMs, (socket) => {
    const isAnswering = (answering.get(socket)?.size ?? 0) > 0;
    // the system makes room for more only when there is a lot of it: a slow reader may be busy with what it has
    const isKept = isAnswering && (socket.writableLength === 0 || clients.knows(socket));
    if (!isKept) socket.destroy();
  });
  server.on('drop', () => keeper?.turnedAway());
  // whoever reads the body asks for it: what is refused before is not sent at all
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  // an expectation that is not understood may be ignored
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const begun = [...(answering.get(socket) ?? [])];
    // an answer that has begun must not be continued with this one
    if (!socket.writable || begun.some(({ headersSent }) => headersSent) || error.code === 'ECONNRESET') return void socket.destroy();
    const [fault, requestId] = [faultOfHead(error.code ?? '', headerLines), randomUUID()];
    for (const response of begun) (response as Response).locals['refused'] = fault;
    socket.end(rawAnswer(fault, requestId), () => socket.destroy());
    // browsers open connections to have them at hand: one that was never used is no request
    if (begun.length === 0 && socket.bytesRead > 0) keeper?.unread({ requestId, fault, client: socket.remoteAddress ?? '' });
  });
}

/** Refuses what Node would drop in silence, or answer without a word. */
export function refuseOddHeads({ headerLines }: ServerLimits) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    // Node 24 refuses them by itself, others drop the rest
    if (request.rawHeaders.length / 2 > headerLines) throw headTooLarge(HEAD_KIB, headerLines);
    if (request.httpVersion === '1.1' && request.headers.host === undefined) {
      throw new Fault('invalid_request', 'The request has no Host header.', { param: 'Host' });
    }
    next();
  };
}
