import { Component, input, output } from '@angular/core';
import { Button, Icon, Menu, type MenuItem } from '@tandem/web/design';

/** What else can be done while one writes. */
@Component({
  selector: 'tandem-more',
  imports: [Button, Icon, Menu],
  template: `
    <button tandemButton aria-haspopup="menu" aria-label="More" title="More" [attr.aria-expanded]="menu.isOpen()" (click)="menu.openAt(at($event))">
      <tandem-icon name="plus" /><span>More</span>
    </button>
    <tandem-menu #menu label="More" [items]="items()" (choose)="choose.emit($event)" />
  `,
  styleUrl: './composer-action.css',
})
export class More {
  readonly items = input.required<readonly MenuItem[]>();
  readonly choose = output<string>();

  protected at({ currentTarget }: Event): Element {
    return currentTarget as Element;
  }
}
