import { Component, computed, DestroyRef, effect, inject, Injector, signal, untracked } from '@angular/core';
import { Button } from '../button/button';
import { Icon } from '../icon/icon';
import { keepFocus } from '../keep-focus';
import { Undo } from './undo';

/** How long something can be taken back, in milliseconds; while a person is at it, the time stands still. */
const OFFER_MS = 20_000;

/** What was just done, and the way back; behind a dialog that has a note of its own, it keeps quiet. */
@Component({
  selector: 'tandem-undo-note',
  imports: [Button, Icon],
  template: `
    <!-- the status is there before its words are: only then are they spoken -->
    <div role="status">
      @if (offer(); as offer) {
        <div class="note">
          <span>{{ offer.words }}</span>
          <button tandemButton look="outlined" (click)="leave(undo.take())">Undo</button>
          <button tandemButton [isSquare]="true" aria-label="Dismiss" (click)="leave(undo.withdraw())"><tandem-icon name="close" /></button>
        </div>
      }
    </div>
  `,
  styleUrl: './undo-note.css',
  host: {
    '(pointerenter)': 'isHeld.set(true)',
    '(pointerleave)': 'isHeld.set(false)',
    '(focusin)': 'hold($event)',
    '(focusout)': 'isHeld.set(false)',
  },
})
export class UndoNote {
  protected readonly undo = inject(Undo);
  protected readonly isHeld = signal(false);
  private readonly injector = inject(Injector);
  /** What had the focus before this. */
  private cameFrom: EventTarget | null = null;

  protected readonly offer = computed(() => (this.undo.place() === this ? this.undo.offer() : undefined));

  constructor() {
    inject(DestroyRef).onDestroy(untracked(() => this.undo.openPlace(this)));
    effect((onCleanup) => {
      if (!this.offer() || this.isHeld()) return;
      const timer = setTimeout(() => this.undo.withdraw(), OFFER_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected hold({ relatedTarget, currentTarget }: FocusEvent): void {
    this.isHeld.set(true);
    const isInside = relatedTarget instanceof Node && currentTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isInside) this.cameFrom = relatedTarget;
  }

  /** The focus goes back to where it was: the note is gone with its buttons. */
  protected async leave(done: Promise<void> | void): Promise<void> {
    await done;
    const from = this.cameFrom;
    keepFocus(this.injector, () => (from instanceof HTMLElement && from.isConnected ? from : document.querySelector('main')));
  }
}
