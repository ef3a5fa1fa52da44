const MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'];

/** Keeps an element where it is seen while what stands above it changes its height, until the reader moves. Owns an observer until then. */
export class HeldPlace {
  private readonly top: number;
  private readonly sizes = new ResizeObserver(() => this.restore());
  private readonly moved = new AbortController();

  constructor(
    private readonly element: Element,
    /** What is scrolled. */
    private readonly box: Element,
  ) {
    this.top = element.getBoundingClientRect().top;
    if (element.parentElement) this.sizes.observe(element.parentElement);
    for (const move of MOVES) box.addEventListener(move, () => this.release(), { passive: true, signal: this.moved.signal });
  }

  release(): void {
    this.sizes.disconnect();
    this.moved.abort();
  }

  private restore(): void {
    this.box.scrollTop += this.element.getBoundingClientRect().top - this.top;
  }
}
