/** One conversion at a time: each keeps a processor and a disk busy. */
export class ConversionQueue {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  /** Resolves with how to let the next one begin. `onWait`: others are before it. @throws what the signal was aborted with */
  async take(signal: AbortSignal, onWait: () => void): Promise<() => void> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => {
      release = () => {
        this.waiting--;
        resolve();
      };
    });
    this.waiting++;
    if (this.waiting > 1) onWait();
    const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([before, left]);
    if (!signal.aborted) return release;
    // Whoever comes next still waits for those who are before it.
    void before.then(release);
    throw signal.reason;
  }
}
