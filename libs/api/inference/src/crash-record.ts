const WINDOW_MS = 60_000;
const CRASHES_TO_FAIL = 3;
/** Several generations die of one crash; an engine needs longer than this to start and die again. */
const SAME_CRASH_MS = 100;

/** Remembers when the engine died over one model, to tell an accident from a file that keeps killing it. */
export class CrashRecord {
  private crashes: number[] = [];

  /** Whether the model should be given up. */
  note(now = performance.now()): boolean {
    const last = this.crashes.at(-1);
    if (last !== undefined && now - last < SAME_CRASH_MS) return false;
    this.crashes = [...this.crashes.filter((at) => now - at < WINDOW_MS), now];
    return this.crashes.length >= CRASHES_TO_FAIL;
  }

  forget(): void {
    this.crashes = [];
  }
}
