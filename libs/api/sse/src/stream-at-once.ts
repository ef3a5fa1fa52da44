import type { ServerResponse } from 'node:http';
import { type Backlog, EventWriter } from './event-writer';
import { KeepAlive } from './keep-alive';
import { outletOf } from './response-outlet';

/** No proxy keeps, gathers or compresses it. */
const HEAD = {
  'Content-Type': 'text/event-stream',
  Connection: 'keep-alive',
  'Cache-Control': 'private, no-cache, no-store, must-revalidate, max-age=0, no-transform',
  Pragma: 'no-cache',
  Expires: '0',
  'X-Accel-Buffering': 'no',
};

/**
 * Answers with a backlog after number `after`, as fast as the client takes it, to its end. The head goes out at once, with a first
 * comment. A client that leaves follows no more.
 */
export function streamAtOnce(backlog: Backlog, textOf: (number: number) => string, response: ServerResponse, after = 0, pingMs?: number): void {
  if (response.destroyed) return;
  // an answer may be silent for long; who is gone is found otherwise
  response.socket?.setTimeout(0);
  response.writeHead(200, HEAD).write(': tandem\n');
  const keepAlive = new KeepAlive(() => {
    if (!response.writableNeedDrain) response.write(': ping\n');
  }, pingMs);
  const writer = new EventWriter(backlog, outletOf(response), textOf, after, () => response.end());
  response.once('close', () => {
    keepAlive.stop();
    writer.close();
  });
}

/** Answers that there are no events, and no reason to ask again. */
export function streamNothing(response: ServerResponse): void {
  response.writeHead(204, HEAD).end();
}
