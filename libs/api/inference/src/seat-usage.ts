/** Who uses a seat right now, and since when nobody does. A claim holds it in memory; a generation also keeps it from being replaced. */
export class SeatUsage {
  private claims = 0;
  private running = 0;
  private usedAt: Date | null = null;
  private touchedMs = performance.now();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly onChange: () => void) {}

  get generations(): number {
    return this.running;
  }

  get lastUsed(): Date | null {
    return this.usedAt;
  }

  /** Whether nobody needs it, also nobody who waits for it to load. */
  get isIdle(): boolean {
    return this.claims === 0 && this.running === 0;
  }

  get idleMs(): number {
    return this.isIdle ? performance.now() - this.touchedMs : 0;
  }

  touch(): void {
    this.touchedMs = performance.now();
  }

  /** Returns how to give the claim back; only the first call counts. */
  claim(): () => void {
    this.claims++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.claims--;
      this.touch();
      this.onChange();
    };
  }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.running++;
    this.usedAt = new Date();
    this.onChange();
    try {
      return await work();
    } finally {
      this.running--;
      this.touch();
      if (this.running === 0) for (const wake of this.waiting) wake();
      this.onChange();
    }
  }

  /** Resolves when no generation runs. */
  async untilQuiet(): Promise<void> {
    if (this.running === 0) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }
}
