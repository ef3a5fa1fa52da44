import type { ServerResponse } from 'node:http';
import { type Backlog, EventWriter } from './event-writer';
import { KeepAlive } from './keep-alive';
import { outletOf } from './response-outlet';

/** What a backlog is on the wire. */
export interface BacklogText {
  /** Before the first frame; read once. */
  readonly opening: string;
  /** What frame `number` is; empty where it is nothing. */
  textOf(number: number): string;
}

/**
 * Answers with a backlog as it comes, as fast as the client takes it; the end of the response is the caller's. The head
 * waits until `isReady`, asked after each frame, or for the first comment: what `isReady` throws before has a status of its
 * own. Resolves with whether the client stayed.
 */
export function streamWhenReady(backlog: Backlog, text: BacklogText, isReady: () => boolean, response: ServerResponse, pingMs?: number): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    let writer: EventWriter | undefined;
    let unwatch = (): void => undefined;
    const begin = (): void => {
      if (writer) return;
      openHead(response);
      const { opening } = text;
      if (opening !== '') response.write(opening);
      const textOf = (number: number): string => {
        keepAlive.sent();
        return text.textOf(number);
      };
      writer = new EventWriter(backlog, outletOf(response), textOf, 0, () => settle(true));
      unwatch();
    };
    const keepAlive = new KeepAlive(() => {
      begin();
      if (!response.writableNeedDrain) response.write(': ping\n');
    }, pingMs);
    const letGo = (): void => {
      keepAlive.stop();
      writer?.close();
      unwatch();
      response.off('close', onClose);
    };
    const settle = (isThere: boolean): void => {
      letGo();
      resolve(isThere);
    };
    const onClose = (): void => settle(false);
    unwatch = backlog.watch(() => {
      if (writer) return;
      try {
        if (isReady()) begin();
      } catch (thrown) {
        letGo();
        reject(thrown as Error);
      }
    }).leave;
    if (writer) unwatch();
    response.once('close', onClose);
  });
}

/** Ends a stream, with one more event where there is something left to say. */
export function endStream(response: ServerResponse, last = ''): void {
  response.end(last);
}

function openHead(response: ServerResponse): void {
  if (response.headersSent) return;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
}
