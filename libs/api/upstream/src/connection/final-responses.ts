import type { Socket } from 'node:net';
import { errors } from 'undici';

/** Of informational responses before one answer: more than any server has to say before it begins. */
const MAX_SKIPPED_BYTES = 1024 * 1024;

const START = Buffer.from('HTTP/1.');
/** From its first byte to the last digit of the status. */
const STATUS_LINE_BYTES = 'HTTP/1.1 100'.length;
const [LF, CR, SPACE, ZERO, ONE, NINE] = [0x0a, 0x0d, 0x20, 0x30, 0x31, 0x39];

const isDigit = (byte = 0): boolean => byte >= ZERO && byte <= NINE;

/** Whether these bytes begin, or could begin, a response with a status of 1xx. */
function couldBeInformational(bytes: Buffer): boolean {
  const { length } = bytes;
  if (bytes.compare(START, 0, Math.min(length, START.length), 0, Math.min(length, START.length)) !== 0) return false;
  const [space, first, second, third] = bytes.subarray(START.length + 1, STATUS_LINE_BYTES);
  return (length <= 8 || space === SPACE) && (length <= 9 || first === ONE) && (length <= 10 || isDigit(second)) && (length <= 11 || isDigit(third));
}

/**
 * Takes the informational responses (HTTP 1xx) out of what a server sends. Any number may come before an answer, asked for or not;
 * what is left reads as if there had been none.
 */
export class FinalResponses {
  private state: 'before' | 'informational' | 'within' = 'before';
  private held = Buffer.alloc(0);
  private isLineEmpty = false;
  private skippedBytes = 0;

  /** A request goes out: what comes next is the beginning of a response. */
  expect(): void {
    if (this.state !== 'within') return;
    this.state = 'before';
    this.skippedBytes = 0;
  }

  /** What of these bytes belongs to an answer; null where nothing does. @throws HeadersOverflowError */
  take(bytes: Buffer): Buffer | null {
    if (this.state === 'within') return bytes;
    let rest = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    this.held = Buffer.alloc(0);
    for (;;) {
      if (this.state === 'before') {
        if (!couldBeInformational(rest)) {
          this.state = 'within';
          return rest;
        }
        if (rest.length < STATUS_LINE_BYTES) {
          this.held = Buffer.from(rest);
          return null;
        }
        this.state = 'informational';
        this.isLineEmpty = false;
      }
      const end = this.endOfHead(rest);
      this.skippedBytes += end;
      if (this.skippedBytes > MAX_SKIPPED_BYTES) throw new errors.HeadersOverflowError();
      if (this.state === 'informational') return null;
      rest = rest.subarray(end);
      if (rest.length === 0) return null;
    }
  }

  private endOfHead(bytes: Buffer): number {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF && this.isLineEmpty) {
        this.state = 'before';
        return at + 1;
      }
      if (byte !== CR) this.isLineEmpty = byte === LF;
    }
    return bytes.length;
  }
}

/**
 * The same socket, for a client that shall see no informational responses: undici closes the connection at a 100 that it
 * did not ask for, and gives the server all of its time again at each other one.
 */
export function withoutInformational<T extends Socket>(socket: T): T {
  const responses = new FinalResponses();
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...parts: unknown[]) => boolean;
  const take = (bytes: Buffer): Buffer | null => {
    try {
      return responses.take(bytes);
    } catch (error) {
      socket.destroy(error as Error);
      return null;
    }
  };
  return Object.assign(socket, {
    read(size?: number): Buffer | null {
      for (;;) {
        const bytes = read(size) as Buffer | null;
        const taken = bytes && take(bytes);
        if (taken !== null || bytes === null) return taken;
      }
    },
    write(...parts: unknown[]): boolean {
      responses.expect();
      return write(...parts);
    },
  });
}
