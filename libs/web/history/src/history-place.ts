import { computed, signal, type Signal } from '@angular/core';

/** Whether a person put the list away; what outlives the page is for its owner to keep. */
export interface PutAway {
  readonly isHidden: Signal<boolean>;
  readonly hide: (isHidden: boolean) => void;
}

/**
 * Where a history is: at the left beside its page or put away, as a person chose; on a narrow page over it, as long as it
 * is open. Follows the width as long as the page lives.
 */
export class HistoryPlace {
  private readonly _isNarrow;
  private readonly isOpen = signal(false);
  private drawer: HTMLElement | undefined;

  /** Whether the list covers the page while it is open. */
  readonly isNarrow;
  readonly isPutAway;
  /** Whether it is out of sight. */
  readonly isAway;

  /** @param narrowBelow The width under which it covers the page, in CSS pixels. */
  constructor(
    narrowBelow: number,
    private readonly chosen: PutAway,
  ) {
    const narrow = matchMedia(`(width < ${narrowBelow}px)`);
    this._isNarrow = signal(narrow.matches);
    this.isNarrow = this._isNarrow.asReadonly();
    this.isPutAway = computed(() => !this.isNarrow() && chosen.isHidden());
    this.isAway = computed(() => (this.isNarrow() ? !this.isOpen() : chosen.isHidden()));
    narrow.addEventListener('change', ({ matches }) => this._isNarrow.set(matches));
  }

  /** What it opens in, once it is there. */
  attach(drawer: HTMLElement): void {
    this.drawer = drawer;
  }

  toggle(): void {
    if (this.isNarrow()) this.drawer?.togglePopover();
    else this.chosen.hide(!this.chosen.isHidden());
  }

  /** Uncovers the page. */
  uncover(): void {
    if (this.isNarrow() && this.isOpen()) this.drawer?.hidePopover();
  }

  /** Keeps to what the browser does with the drawer. */
  follow(event: Event): void {
    if (event.target === this.drawer) this.isOpen.set((event as ToggleEvent).newState === 'open');
  }
}
