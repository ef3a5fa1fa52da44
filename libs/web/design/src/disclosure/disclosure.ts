import { Component, input } from '@angular/core';
import { Icon } from '../icon/icon';

/** Something folded away under its name, there for who wants it. */
@Component({
  selector: 'tandem-disclosure',
  imports: [Icon],
  template: `
    <details>
      <summary><tandem-icon name="chevron-right" />{{ label() }}</summary>
      <div><ng-content /></div>
    </details>
  `,
  styleUrl: './disclosure.css',
})
export class Disclosure {
  readonly label = input.required<string>();
}
