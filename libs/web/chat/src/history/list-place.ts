import { computed, signal } from '@angular/core';
import { sidebarChoice } from './sidebar-choice';

/**
 * Where the list of conversations is: beside the page or put away, as a person chose; on a narrow page over it, as long as
 * it is open. Follows the width as long as the page lives.
 */
export class ListPlace {
  private readonly _isNarrow;
  private readonly isHidden = signal(sidebarChoice.isHidden());
  private readonly isOpen = signal(false);

  /** Whether the list covers the page while it is open. */
  readonly isNarrow;
  readonly isPutAway = computed(() => !this.isNarrow() && this.isHidden());
  /** Whether it is out of sight. */
  readonly isAway = computed(() => (this.isNarrow() ? !this.isOpen() : this.isHidden()));

  constructor(private readonly drawer: () => HTMLElement) {
    const narrow = matchMedia('(width < 800px)');
    this._isNarrow = signal(narrow.matches);
    this.isNarrow = this._isNarrow.asReadonly();
    narrow.addEventListener('change', ({ matches }) => this._isNarrow.set(matches));
  }

  toggle(): void {
    if (this.isNarrow()) return void this.drawer().togglePopover();
    this.isHidden.update((isHidden) => !isHidden);
    sidebarChoice.keep(this.isHidden());
  }

  /** Uncovers the page. */
  uncover(): void {
    if (this.isNarrow() && this.isOpen()) this.drawer().hidePopover();
  }

  /** Keeps to what the browser does with the drawer. */
  follow(event: Event): void {
    if (event.target === this.drawer()) this.isOpen.set((event as ToggleEvent).newState === 'open');
  }
}
