import { Directive, output } from '@angular/core';

/** How far a finger must go sideways, in CSS pixels, and how much farther than up or down. */
const REACH_PX = 56;
const SLANT = 2;

/** Tells of a sideways swipe. One that begins in something that scrolls sideways itself is left to it. */
@Directive({
  selector: '[tandemSwipe]',
  host: { '(touchstart)': 'begin($event)', '(touchend)': 'end($event)', '(touchcancel)': 'from = undefined' },
})
export class Swipe {
  readonly swiped = output<'left' | 'right'>();

  protected from: { x: number; y: number } | undefined;

  protected begin({ touches, target }: TouchEvent): void {
    const touch = touches.item(0);
    const isFree = touches.length === 1 && !scrollsSideways(target);
    this.from = touch && isFree ? { x: touch.clientX, y: touch.clientY } : undefined;
  }

  protected end({ changedTouches }: TouchEvent): void {
    const touch = changedTouches.item(0);
    if (!this.from || !touch) return;
    const x = touch.clientX - this.from.x;
    const y = touch.clientY - this.from.y;
    if (Math.abs(x) > REACH_PX && Math.abs(x) > SLANT * Math.abs(y)) this.swiped.emit(x < 0 ? 'left' : 'right');
    this.from = undefined;
  }
}

function scrollsSideways(target: EventTarget | null): boolean {
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
    if (at.scrollWidth > at.clientWidth && getComputedStyle(at).overflowX === 'auto') return true;
  }
  return false;
}
