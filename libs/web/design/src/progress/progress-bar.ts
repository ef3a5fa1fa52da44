import { Component, input } from '@angular/core';

/** How far something has come, 0 to 1. */
@Component({
  selector: 'tandem-progress-bar',
  template: `<progress max="1" [value]="value()" [attr.aria-label]="name()"></progress>`,
  styleUrl: './progress-bar.css',
})
export class ProgressBar {
  readonly value = input.required<number>();
  readonly name = input.required<string>();
}
