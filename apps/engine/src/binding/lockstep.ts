/** One answer's place in the step: `turn` before every call into the context, `rest` in between, `leave` once there are no more. */
export interface Participant {
  turn(): Promise<void>;
  /** Takes no step until then, and keeps nobody waiting. */
  rest(until: Promise<void>): Promise<void>;
  leave(): void;
}

/**
 * Has everyone who works on one context take the next step in the same moment, so that it becomes one batch: left to
 * themselves, the last of four was always late and the batches held three. Between two steps nobody holds the
 * context's lock, so that sequences can be cut and emptied then.
 */
export class Lockstep {
  private joined = 0;
  private waiting: { readonly order: number; readonly start: () => void }[] = [];

  /**
   * `order`: the number of its sequence. llama.cpp computes neighbours in the batch together only where their sequences
   * are numbered one after the other: the same four answers took 12 ms a step in that order and 20 ms in another.
   */
  join(order: number): Participant {
    this.joined++;
    let isIn = true;
    return {
      turn: () =>
        new Promise((resolve) => {
          this.waiting.push({ order, start: resolve });
          this.startWhenComplete();
        }),
      rest: async (until) => {
        this.joined--;
        this.startWhenComplete();
        await until.finally(() => this.joined++);
      },
      leave: () => {
        if (!isIn) return;
        isIn = false;
        this.joined--;
        this.startWhenComplete();
      },
    };
  }

  private startWhenComplete(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.joined) return;
    const ready = this.waiting.sort((a, b) => a.order - b.order);
    this.waiting = [];
    // Not before the last of them has its promise, or that one would start after the others.
    queueMicrotask(() => ready.forEach(({ start }) => start()));
  }
}
