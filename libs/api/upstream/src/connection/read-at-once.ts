import type { Socket } from 'node:net';

/** What one read of the system gives at most. */
const READ_BYTES = 64 * 1024;

/** One for all sockets: what comes is taken out of it before anything else is read. */
const BUFFER = Buffer.allocUnsafeSlow(READ_BYTES);

const OFFERED = Symbol('offered');

interface OfferingSocket extends Socket {
  /** What has just come, while nobody has taken it. Undefined on a socket whose `read` does not give it. */
  [OFFERED]?: Buffer | null;
}

function offer(this: OfferingSocket, length: number): boolean {
  const bytes = Buffer.from(BUFFER.subarray(0, length));
  // what waits comes first
  if (this[OFFERED] === undefined || this.readableLength > 0) return this.push(bytes);
  this[OFFERED] = bytes;
  this.emit('readable');
  const left = this[OFFERED];
  this[OFFERED] = null;
  return left === null || this.push(left);
}

/** Options of a socket that reads into a buffer which is there already, in place of one of 64 KiB for each piece. */
export const ONE_BUFFER = { onread: { buffer: BUFFER, callback: offer as (length: number) => boolean } };

/**
 * The same socket, opened with `ONE_BUFFER`, for a client that waits for `readable` and reads until nothing is left: it is given
 * what comes at once. What it does not take then, because it waits itself, goes through the stream's own buffer, as does the end.
 */
export function readAtOnce<T extends Socket>(socket: T): T {
  const offering: OfferingSocket = socket;
  const read = socket.read.bind(socket);
  offering[OFFERED] = null;
  offering.read = (size?: number): unknown => {
    const bytes = offering[OFFERED];
    if (!bytes || size !== undefined) return read(size);
    offering[OFFERED] = null;
    return bytes;
  };
  return socket;
}
