import { Component, input, output } from '@angular/core';
import { Button, Icon, type IconName } from '@tandem/web/design';

/** One of the quiet buttons below a prompt: its word gives way to its icon where there is little room. */
@Component({
  selector: 'tandem-composer-action',
  imports: [Button, Icon],
  template: `
    <button
      tandemButton
      [attr.aria-label]="name()"
      [attr.aria-pressed]="isPressed()"
      [class.pressed]="isPressed()"
      [title]="isDisabled() ? obstacle() : name()"
      [disabled]="isDisabled()"
      (click)="press.emit()"
    >
      <tandem-icon [name]="icon()" /><span>{{ word() }}</span>
    </button>
  `,
  styleUrl: './composer-action.css',
})
export class ComposerAction {
  readonly name = input.required<string>();
  /** What is seen of the name. */
  readonly word = input.required<string>();
  readonly icon = input.required<IconName>();
  /** Whether it is on, where it is a switch. */
  readonly isPressed = input<boolean>();
  readonly isDisabled = input(false);
  /** Why it cannot be used, where it cannot. */
  readonly obstacle = input('');
  readonly press = output();
}
