import { Fault } from '@tandem/api/faults';

export interface LineLimits {
  /** How many are answered at once. */
  readonly running: number;
  /** How many may wait beside them. */
  readonly waiting: number;
}

/** As many as a process carries well; a server that takes fewer says so by HTTP 429 or 503. */
export const DEFAULT_LINE: LineLimits = { running: 2_048, waiting: 512 };

const RETRY_AFTER_SECONDS = 5;

/** One request's place in a line. Whoever took it gives it back, whatever became of the request. */
export interface Place {
  /** Resolves when it is this one's turn. */
  readonly turn: Promise<void>;
  /** Tells the position, counted from 1, now and whenever it changes, until it is this one's turn. */
  watch(tell: (position: number) => void): void;
  /** Only the first call counts. */
  giveBack(): void;
}

interface Waiter {
  readonly begin: () => void;
  tell: (position: number) => void;
}

/** Lets so many requests run at once, others wait in order, and refuses those beyond. */
export class WaitingLine {
  private running = 0;
  private readonly waiters: Waiter[] = [];

  constructor(private readonly limits: LineLimits) {}

  /** @throws Fault `queue_full` */
  take(): Place {
    if (this.running >= this.limits.running && this.waiters.length >= this.limits.waiting) {
      throw new Fault('queue_full', `This model has ${this.running} answers to give and ${this.waiters.length} requests waiting: try again in a few seconds.`, {
        retryable: true,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    let begin = () => {};
    const turn = new Promise<void>((resolve) => (begin = resolve));
    const waiter: Waiter = { begin, tell: () => undefined };
    this.waiters.push(waiter);
    this.moveUp();
    let isHeld = true;
    return {
      turn,
      watch: (tell) => {
        waiter.tell = tell;
        const position = this.waiters.indexOf(waiter) + 1;
        if (position > 0) tell(position);
      },
      giveBack: () => {
        if (isHeld) this.leave(waiter);
        isHeld = false;
      },
    };
  }

  private leave(waiter: Waiter): void {
    const index = this.waiters.indexOf(waiter);
    if (index < 0) this.running--;
    else this.waiters.splice(index, 1);
    this.moveUp();
    this.waiters.forEach(({ tell }, position) => tell(position + 1));
  }

  private moveUp(): void {
    while (this.running < this.limits.running) {
      const next = this.waiters.shift();
      if (next === undefined) return;
      this.running++;
      next.begin();
    }
  }
}
