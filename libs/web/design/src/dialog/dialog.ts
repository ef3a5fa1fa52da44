import { Component, effect, type ElementRef, input, model, viewChild } from '@angular/core';
import { Button } from '../button/button';
import { Icon } from '../icon/icon';

let count = 0;

/** `side`: a drawer at the right edge, so that what it changes stays in view; `wide`: nearly all of the screen. */
export type DialogPlace = 'middle' | 'side' | 'wide';

/** A native modal dialog with a heading and a way out. The browser keeps the focus inside and gives it back. */
@Component({
  selector: 'tandem-dialog',
  imports: [Button, Icon],
  templateUrl: './dialog.html',
  styleUrl: './dialog.css',
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly place = input<DialogPlace>('middle');
  readonly isOpen = model(false);

  protected readonly headingId = `dialog-heading-${++count}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    effect(() => {
      const { nativeElement: dialog } = this.dialog();
      if (this.isOpen() === dialog.open) return;
      if (this.isOpen()) dialog.showModal();
      else dialog.close();
    });
  }

  /** A press on the veil lands on the dialog element itself: everything inside it has a box of its own. */
  protected closeFromVeil({ target, currentTarget }: Event): void {
    if (target === currentTarget) this.isOpen.set(false);
  }
}
