import { DestroyRef, Directive, ElementRef, inject } from '@angular/core';
import { FollowScroll, type ScrollPosition } from './follow-scroll';

const MOVING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

/** Keeps the end of a scrolled box in view while its only child grows. Put it on the box. */
@Directive({
  selector: '[tandemFollowScroll]',
  exportAs: 'followScroll',
  host: {
    '(scroll)': 'follow.scrolled(position())',
    '(wheel)': 'follow.readerMoves()',
    '(touchmove)': 'follow.readerMoves()',
    '(pointerdown)': 'follow.readerMoves()',
    '(keydown)': 'onKey($event)',
  },
})
export class FollowScrollDirective {
  readonly follow = new FollowScroll();
  private readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    const sizes = new ResizeObserver(() => this.onGrowth());
    queueMicrotask(() => {
      sizes.observe(this.box);
      if (this.box.firstElementChild) sizes.observe(this.box.firstElementChild);
    });
    inject(DestroyRef).onDestroy(() => sizes.disconnect());
  }

  toEnd(): void {
    this.follow.goToEnd();
    this.box.scrollTop = this.box.scrollHeight;
  }

  protected position(): ScrollPosition {
    return { top: this.box.scrollTop, viewHeight: this.box.clientHeight, contentHeight: this.box.scrollHeight };
  }

  protected onKey(event: KeyboardEvent): void {
    if (MOVING_KEYS.has(event.key)) this.follow.readerMoves();
  }

  private onGrowth(): void {
    const position = this.position();
    // lets heads and feet beside the box end where its text ends, whatever the width of a scrollbar
    this.box.parentElement?.style.setProperty('--scrollbar', `${this.box.offsetWidth - this.box.clientWidth}px`);
    if (this.follow.grew(position)) this.box.scrollTop = position.contentHeight;
  }
}
