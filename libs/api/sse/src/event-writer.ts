import type { EventEmitter } from 'node:events';
import type { Following, Run } from './run';

/** Characters of one write, and one frame more: who comes back late gets a long answer in several. */
const WRITE_CHARACTERS = 256 * 1024;
/** Characters that wait for one client, past which more need not be made for it alone: an answer of 16,000 tokens is about that. */
const AHEAD_CHARACTERS = 1_000_000;

/** Where one client's frames go. */
export interface FrameOutlet {
  /** Whether it takes text yet. */
  readonly isOpen: boolean;
  /** Gives what tells by `drain` when it takes more, or null when it does now. */
  write(text: string): EventEmitter | null;
  /** Breaks off, so that the client sees that something is missing. */
  destroy(): void;
}

const due = new Set<FrameWriter>();

/** Once in a turn of the event loop, after everything that arrived in it: what is due for one client leaves as one write. */
function writeDue(): void {
  const writers = [...due];
  due.clear();
  for (const writer of writers) writer.write();
}

/**
 * Writes a run's frames to one client, as it takes them: what is not taken waits in the run, which has it anyway, and not
 * in a buffer of this client's, and tells the run when that is much. Whoever made it closes it; one who takes nothing is
 * let go with the connection, by the server's limits.
 *
 * It writes past `@Sse`, through which every event passes a subject, a promise, a transform stream and a pipe: together they
 * cost more than all the rest of relaying it.
 */
export class FrameWriter {
  private readonly following: Following;
  /** What tells when the client takes more; null while it does. */
  private blocked: EventEmitter | null = null;
  /** Characters of frames that wait for it since it last wrote. */
  private waiting = 0;
  private isClosed = false;

  constructor(
    private readonly run: Run,
    private readonly outlet: FrameOutlet,
    /** What frame `number` is on the wire; empty where it is nothing. */
    private readonly textOf: (number: number) => string,
    private sent: number,
    private readonly onEnd: () => void,
  ) {
    this.following = run.watch(this.notice);
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
    const { outlet, run } = this;
    if (this.isClosed || this.blocked) return;
    if (!outlet.isOpen) return this.notice();
    // it took so little of a very long answer that the run has let go of what comes next: a gap must not look like an answer
    if (!run.reaches(this.sent)) return outlet.destroy();
    let text = '';
    while (this.sent < run.frames && text.length < WRITE_CHARACTERS) text += this.textOf(++this.sent);
    this.blocked = text === '' ? null : outlet.write(text);
    this.setWaiting(run.charactersAfter(this.sent));
    if (this.blocked) {
      this.blocked.once('drain', this.resume);
    } else if (this.sent < run.frames) {
      this.notice();
    } else if (run.hasEnded) {
      this.close();
      this.onEnd();
    }
  }

  private setWaiting(characters: number): void {
    this.waiting = characters;
    this.following.lag(characters > AHEAD_CHARACTERS);
  }

  private readonly notice = (): void => {
    if (this.blocked) return this.setWaiting(this.waiting + this.run.charactersAfter(this.run.frames - 1));
    if (due.size === 0) setImmediate(writeDue);
    due.add(this);
  };

  private readonly resume = (): void => {
    this.blocked = null;
    this.write();
  };
}
