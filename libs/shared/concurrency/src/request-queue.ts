export interface QueueLimits {
  /** How many run at once. */
  readonly running: number;
  /** How many may wait beside them. */
  readonly waiting: number;
}

/** One request's right to run or to wait. Whoever took it gives it back, whatever became of the request. */
export interface Slot {
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

/** Lets so many requests run at once, has others wait in order, and refuses those beyond. Holds no timers. */
export class RequestQueue {
  private running = 0;
  private readonly waiters: Waiter[] = [];

  constructor(
    private readonly limits: QueueLimits,
    /** What a request is refused with when so many run and so many wait. */
    private readonly refusal: (running: number, waiting: number) => Error = () => new RangeError('The queue is full.'),
  ) {}

  /** @throws the refusal of a full queue */
  take(): Slot {
    if (this.running >= this.limits.running && this.waiters.length >= this.limits.waiting) throw this.refusal(this.running, this.waiters.length);
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
