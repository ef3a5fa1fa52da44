import { Component, ElementRef, inject, input } from '@angular/core';

/** `solid`: the one thing to do here; `outlined`: an alternative; `quiet`: among others in a row. */
export type ButtonLook = 'solid' | 'outlined' | 'quiet';

/** What can be done here, or, as a link, where to go from here. */
@Component({
  selector: 'button[tandemButton], a[tandemButton]',
  template: '<ng-content />',
  styleUrl: './button.css',
  host: { '[attr.type]': 'isLink ? null : type()', '[class]': 'look()', '[class.square]': 'isSquare()' },
})
export class Button {
  readonly look = input<ButtonLook>('quiet');
  readonly type = input<'button' | 'submit'>('button');
  /** Whether it holds nothing but an icon; it then needs an `aria-label`. */
  readonly isSquare = input(false);

  protected readonly isLink = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement instanceof HTMLAnchorElement;
}
