import { untilAborted } from '@tandem/shared/concurrency';

/** What work passes between two steps: closed while nobody takes what it makes. */
export class Gate {
  private opened: Promise<void> | undefined;
  private open: () => void = () => undefined;

  get isClosed(): boolean {
    return this.opened !== undefined;
  }

  pause(): void {
    this.opened ??= new Promise((resolve) => (this.open = resolve));
  }

  resume(): void {
    this.opened = undefined;
    this.open();
  }

  /** Resolves when it is open, or the signal is aborted. */
  async passed(signal: AbortSignal): Promise<void> {
    while (this.opened !== undefined && !signal.aborted) {
      await untilAborted(this.opened, signal).catch(() => undefined);
    }
  }
}
