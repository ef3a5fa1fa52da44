import type { EventEmitter } from 'node:events';
import type { ResponseOutlet } from './response-outlet';

/** Characters of one write, and one frame more: who comes back late gets a long answer in several. */
const WRITE_CHARACTERS = 256 * 1024;
/** Characters that wait for one client, past which more need not be made for it alone: an answer of 16,000 tokens is about that. */
const AHEAD_CHARACTERS = 1_000_000;

/** One who follows what is made. */
interface Following {
  /** Says whether it has so much to take that more need not be made for it alone. */
  lag(isBehind: boolean): void;
  leave(): void;
}

/** Numbered frames that are kept as they are made, from 1: those of a run. */
export interface Backlog {
  /** The number of the last one. */
  readonly frames: number;
  /** Whether none is to come any more. */
  readonly hasEnded: boolean;
  /** Whether everything after number `after` is still kept. */
  reaches(after: number): boolean;
  /** How many characters are kept after number `after`. */
  charactersAfter(after: number): number;
  /** Has `onNews` called after each that is made. */
  watch(onNews: () => void): Following;
}

const due = new Set<EventWriter>();

/** Once in a turn of the event loop, after everything that arrived in it: what is due for one client leaves as one write. */
function writeDue(): void {
  const writers = [...due];
  due.clear();
  for (const writer of writers) writer.write();
}

/**
 * Writes a backlog to one client, as it takes it: what is not taken waits in the backlog, which has it anyway, and not in a
 * buffer of this client's, and the backlog is told when that is much. Whoever made it closes it; one who takes nothing is
 * let go with the connection, by the server's limits.
 *
 * It writes past `@Sse`, through which every event passes a subject, a promise, a transform stream and a pipe: together they
 * cost more than all the rest of relaying it.
 */
export class EventWriter {
  private readonly following: Following;
  /** What tells when the client takes more; null while it does. */
  private blocked: EventEmitter | null = null;
  /** Characters of frames that wait for it since it last wrote. */
  private waiting = 0;
  private isClosed = false;

  constructor(
    private readonly backlog: Backlog,
    private readonly outlet: ResponseOutlet,
    /** What frame `number` is on the wire; empty where it is nothing. */
    private readonly textOf: (number: number) => string,
    private sent: number,
    private readonly onEnd: () => void,
  ) {
    this.following = backlog.watch(this.notice);
    this.notice();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    due.delete(this);
    this.blocked?.off('drain', this.resume);
    this.following.leave();
  }

  write(): void {
    const { outlet, backlog } = this;
    if (this.isClosed || this.blocked) return;
    if (!outlet.isOpen) return this.notice();
    // it took so little of a very long answer that the backlog has let go of what comes next: a gap must not look like an answer
    if (!backlog.reaches(this.sent)) return outlet.destroy();
    let text = '';
    while (this.sent < backlog.frames && text.length < WRITE_CHARACTERS) text += this.textOf(++this.sent);
    this.blocked = text === '' ? null : outlet.write(text, backlog.hasEnded);
    this.setWaiting(backlog.charactersAfter(this.sent));
    if (this.blocked) {
      this.blocked.once('drain', this.resume);
    } else if (this.sent < backlog.frames) {
      this.notice();
    } else if (backlog.hasEnded) {
      this.close();
      this.onEnd();
    }
  }

  private setWaiting(characters: number): void {
    this.waiting = characters;
    this.following.lag(characters > AHEAD_CHARACTERS);
  }

  private readonly notice = (): void => {
    if (this.blocked) return this.setWaiting(this.waiting + this.backlog.charactersAfter(this.backlog.frames - 1));
    if (due.size === 0) setImmediate(writeDue);
    due.add(this);
  };

  private readonly resume = (): void => {
    this.blocked = null;
    this.write();
  };
}
