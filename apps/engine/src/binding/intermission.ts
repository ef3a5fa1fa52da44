/**
 * Lets work on one context happen between two batches. The binding keeps a context locked for as long as any of its
 * sequences asks for the next token in time, so with three answers running, emptying a fourth sequence waited for
 * the end of all three. During an intermission nobody asks for a token.
 */
export class Intermission {
  private waiting = 0;
  private over: Promise<void> = Promise.resolve();
  private end: () => void = () => undefined;

  /** What a generation awaits before its next token; null when it may go on at once. */
  get current(): Promise<void> | null {
    return this.waiting === 0 ? null : this.over;
  }

  async during(work: () => Promise<void>): Promise<void> {
    if (this.waiting++ === 0) this.over = new Promise((resolve) => (this.end = resolve));
    try {
      await work();
    } finally {
      if (--this.waiting === 0) this.end();
    }
  }
}
