import type { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A streamed response as something that text is written to. */
export interface ResponseOutlet {
  /** Whether its head has gone out: whoever made the stream sends that, Nest with its first comment. */
  readonly isOpen: boolean;
  /**
   * One chunk of the body as one write to the socket: Node's own way makes four pieces of it, which costs a fifth of all
   * that relaying takes. Gives what tells by `drain` when the client takes more, or null when it does now. What is `isLast`
   * leaves together with the end of the response, where that follows in the same turn of the event loop.
   */
  write(text: string, isLast?: boolean): EventEmitter | null;
  /** Ends the connection in the middle of the answer. */
  destroy(): void;
}

/** @param onWrite called behind each write */
export function outletOf(response: ServerResponse, onWrite = (): void => undefined): ResponseOutlet {
  return {
    get isOpen() {
      return response.headersSent;
    },
    write(text, isLast = false) {
      const { socket } = response;
      const isPlain = socket && response.chunkedEncoding && response.writableLength === 0 && socket.writableCorked === 0;
      if (isLast) inOneWrite(socket);
      const hasRoom = isPlain ? socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`) : response.write(text);
      onWrite();
      if (hasRoom) return null;
      return isPlain ? socket : response;
    },
    destroy: () => void response.destroy(),
  };
}

/** What is written from here to the end of this turn of the event loop leaves together. */
export function inOneWrite(socket: Socket | null): void {
  socket?.cork();
  setImmediate(() => socket?.uncork());
}

/** Holds back what is written from here until what it gives is called, or for so many milliseconds. */
export function heldBack(socket: Socket | null, ms: number): () => void {
  let isHeld = true;
  const letGo = (): void => {
    if (!isHeld) return;
    isHeld = false;
    clearTimeout(timer);
    socket?.uncork();
  };
  const timer = setTimeout(letGo, ms);
  socket?.cork();
  return letGo;
}
