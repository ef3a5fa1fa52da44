import { DestroyRef, Directive, ElementRef, inject } from '@angular/core';

/**
 * Keeps the shorter of two texts side by side in view while the longer one scrolls by: it sticks with its end at the
 * bottom of the scrolled box when it is taller than the box, else with its beginning at the top. What covers the box's
 * edges is the box's scroll padding.
 */
@Directive({ selector: '[tandemStayInView]', host: { '[style.position]': '"sticky"' } })
export class StayInViewDirective {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    const sizes = new ResizeObserver(() => this.place());
    queueMicrotask(() => {
      sizes.observe(this.element);
      const box = this.box();
      if (box) sizes.observe(box);
    });
    inject(DestroyRef).onDestroy(() => sizes.disconnect());
  }

  private place(): void {
    const box = this.box();
    if (!box) return;
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(box);
    const atBottom = box.clientHeight - (parseFloat(scrollPaddingBottom) || 0) - this.element.offsetHeight;
    this.element.style.top = `${Math.min(parseFloat(scrollPaddingTop) || 0, atBottom)}px`;
  }

  private box(): Element | null {
    return this.element.closest('[tandemFollowScroll]');
  }
}
