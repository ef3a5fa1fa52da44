import type { Socket } from 'node:net';
import { endsOf, readTcpTable, type TcpState } from './tcp-table';

export interface AbsenceLimits {
  /** How long the other side may acknowledge nothing of what was sent, in milliseconds. */
  readonly absentMs: number;
  /** How long it may have no room for more, in milliseconds. */
  readonly stalledMs: number;
  /** How often to look, in milliseconds. */
  readonly checkMs: number;
}

/** After so many idle milliseconds the system asks whether the other side is still there; it gives up 10 s later. */
const KEEP_ALIVE_MS = 30_000;

interface Standstill {
  readonly outstanding: number;
  readonly unread: number;
  readonly acknowledged: number;
  readonly retries: number;
  /** For how long, in milliseconds. */
  readonly stoodMs: number;
}

/**
 * Finds the clients that went without a word: a cable that was pulled, a computer that sleeps, a process that was stopped.
 * What is written to them goes into the system's buffers for many minutes as if all was well, so the system is asked how
 * much of it was acknowledged. Where it cannot be asked (not Linux), clients are missed when those buffers are full. Owns a
 * timer while there is anybody to look after.
 */
export class AbsentClients {
  private readonly sockets = new Map<Socket, Standstill | undefined>();
  private timer: NodeJS.Timeout | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly limits: AbsenceLimits,
    private readonly readTable = readTcpTable,
  ) {}

  /** From now on, until `leave` or its end. */
  watch(socket: Socket): void {
    if (this.sockets.has(socket)) return;
    this.sockets.set(socket, undefined);
    if (this.timer === undefined) this.lookLater();
  }

  leave(socket: Socket): void {
    this.sockets.delete(socket);
    if (this.sockets.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Whether it is looked after well: whoever takes little, but something, is told from who takes nothing. */
  knows(socket: Socket): boolean {
    return this.sockets.get(socket) !== undefined;
  }

  private async look(): Promise<void> {
    // before the table is read: what is written meanwhile must not count as acknowledged
    const written = new Map([...this.sockets.keys()].map((socket) => [socket, socket.bytesWritten]));
    const table = await this.readTable();
    // while this machine itself was stopped or asleep, nobody could take anything
    const elapsedMs = Math.min(performance.now() - this.lookedAt, 2 * this.limits.checkMs);
    this.lookedAt = performance.now();
    for (const [socket, before] of this.sockets) {
      // for when nothing is written to it; who is served before the first look costs no call of the system
      if (before === undefined) socket.setKeepAlive(true, KEEP_ALIVE_MS);
      const known = table.get(endsOf(socket) ?? '');
      const state = known ?? untold(socket);
      if (state === undefined) {
        this.sockets.set(socket, undefined);
        continue;
      }
      const { outstanding, unread, retries, isUnanswered } = state;
      const acknowledged = (written.get(socket) ?? 0) - outstanding;
      const isFull = known !== undefined && socket.writableLength > 0;
      const isAskedInVain = retries >= Math.max(1, before?.retries ?? 0);
      // of what waits in the process nobody knows how much the system has; as much may be outstanding again, but not each time
      const isStanding =
        before && unread >= before.unread && (isFull ? isAskedInVain || outstanding === before.outstanding : acknowledged <= before.acknowledged);
      const stoodMs = isStanding ? before.stoodMs + elapsedMs : 0;
      this.sockets.set(socket, { outstanding, unread, acknowledged: Math.max(acknowledged, before?.acknowledged ?? acknowledged), retries, stoodMs });
      if (stoodMs >= (isUnanswered ? this.limits.absentMs : this.limits.stalledMs)) socket.destroy();
    }
    this.lookLater();
  }

  private lookLater(): void {
    // somebody may have come while the table was read
    clearTimeout(this.timer);
    this.timer = this.sockets.size > 0 ? setTimeout(() => void this.look(), this.limits.checkMs).unref() : undefined;
  }
}

/** Where the system tells nothing: what waits in the process, unless the socket has a timeout of its own, which sees more. */
function untold({ writableLength, timeout }: Socket): TcpState | undefined {
  return writableLength > 0 && !timeout ? { outstanding: writableLength, unread: 0, isUnanswered: false, retries: 0 } : undefined;
}
