/**
 * Work that is done again and again. Each wait begins when the work before it has ended, so that there are never two at
 * once. Keeps no process alive. Whoever made it closes it.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private due: number | null = null;
  private closed = false;

  /** `waitMs` is asked before each wait, in milliseconds. `work` must not reject. */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly waitMs: () => number,
  ) {}

  /** When the next one begins, or the one under way was to begin, by `performance.now()`; null before the first wait. */
  get dueMs(): number | null {
    return this.due;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Begins with the work. */
  begin(): void {
    void this.go();
  }

  /** Begins with a wait. */
  wait(): void {
    if (this.closed) return;
    const waitMs = this.waitMs();
    this.due = performance.now() + waitMs;
    this.timer = setTimeout(() => void this.go(), waitMs).unref();
  }

  /** Work that is under way ends by itself; nothing follows it. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async go(): Promise<void> {
    if (this.closed) return;
    await this.work();
    this.wait();
  }
}
