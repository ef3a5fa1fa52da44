/** How long pieces wait in a page that is not being painted, in milliseconds. */
const HIDDEN_MS = 100;

/** Calls back before the next paint, or soon where nothing is painted. */
export function beforeNextPaint(callback: () => void): void {
  if (document.hidden) setTimeout(callback, HIDDEN_MS);
  else requestAnimationFrame(callback);
}

/**
 * Hands pieces on together, at most once per animation frame. Owns the pieces between arrival and that moment;
 * `flush()` hands them on now.
 */
export class FrameBatch<T> {
  private waiting: T[] = [];
  private isScheduled = false;

  constructor(
    private readonly handOn: (pieces: readonly T[]) => void,
    private readonly schedule: (callback: () => void) => void = beforeNextPaint,
  ) {}

  add(pieces: readonly T[]): void {
    for (const piece of pieces) this.waiting.push(piece);
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.schedule(() => {
      this.isScheduled = false;
      this.flush();
    });
  }

  flush(): void {
    if (this.waiting.length === 0) return;
    const pieces = this.waiting;
    this.waiting = [];
    this.handOn(pieces);
  }
}
