import { computed, signal } from '@angular/core';

/** Where a scrolled box stands, in CSS pixels. */
export interface ScrollPosition {
  readonly top: number;
  readonly viewHeight: number;
  readonly contentHeight: number;
}

/** How near to the end still counts as at the end, in CSS pixels. */
const NEAR_PX = 64;
/** How long after a reader's last move the text is not pulled from under them, in milliseconds. */
const MOVING_MS = 250;

/**
 * Whether a growing text is followed. Holds within 64 px of the end, lets go when the reader scrolls up, holds again
 * when they come back or ask for it. Knows no element: the directive of the same room tells it what happens.
 */
export class FollowScroll {
  private readonly holds = signal(true);
  private readonly grewUnseen = signal(false);
  private lastTop = 0;
  private lastContentHeight = 0;
  private readerMovedAtMs = Number.NEGATIVE_INFINITY;

  readonly isFollowing = this.holds.asReadonly();
  /** Whether text arrived below what the reader sees. */
  readonly hasNewOutput = computed(() => !this.holds() && this.grewUnseen());

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** A wheel, a finger or a key is moving the text. */
  readerMoves(): void {
    this.readerMovedAtMs = this.nowMs();
  }

  scrolled(position: ScrollPosition): void {
    const isNear = distanceToEnd(position) <= NEAR_PX;
    if (isNear) this.hold();
    else if (position.top < this.lastTop - 1) this.holds.set(false);
    this.lastTop = position.top;
  }

  /** Whether the box should now be moved to its end. */
  grew(position: ScrollPosition): boolean {
    const isLonger = position.contentHeight > this.lastContentHeight + 1;
    this.lastContentHeight = position.contentHeight;
    if (!this.holds()) {
      if (isLonger && distanceToEnd(position) > NEAR_PX) this.grewUnseen.set(true);
      return false;
    }
    return this.nowMs() - this.readerMovedAtMs > MOVING_MS;
  }

  /** The reader asked to be at the end, whatever they did just before. */
  goToEnd(): void {
    this.readerMovedAtMs = Number.NEGATIVE_INFINITY;
    this.hold();
  }

  hold(): void {
    this.holds.set(true);
    this.grewUnseen.set(false);
  }
}

function distanceToEnd({ top, viewHeight, contentHeight }: ScrollPosition): number {
  return contentHeight - viewHeight - top;
}
