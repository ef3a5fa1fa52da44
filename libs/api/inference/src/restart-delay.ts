import { setTimeout as sleep } from 'node:timers/promises';

const REMEMBERED_MS = 60_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** How long to wait before starting again: not at all the first time, then twice as long with every recent failure. */
export class RestartDelay {
  private failures: number[] = [];

  note(): void {
    this.failures.push(performance.now());
  }

  /** It works again: what went wrong before is forgotten. */
  forget(): void {
    this.failures = [];
  }

  async wait(): Promise<void> {
    const now = performance.now();
    this.failures = this.failures.filter((at) => now - at < REMEMBERED_MS);
    const last = this.failures.at(-1);
    if (last === undefined || this.failures.length < 2) return;
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (this.failures.length - 2), LONGEST_DELAY_MS);
    await sleep(Math.max(0, last + delayMs - now));
  }
}
