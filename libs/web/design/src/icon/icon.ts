import { Component, computed, input } from '@angular/core';
import { type IconName, OUTLINES } from './outlines';

/** A drawing beside a word or inside a named control; it has no name of its own. */
@Component({
  selector: 'tandem-icon',
  template: `<svg viewBox="0 0 24 24" aria-hidden="true"><path [attr.d]="outline()" /></svg>`,
  styleUrl: './icon.css',
  host: { '[class.solid]': "name() === 'stop'" },
})
export class Icon {
  readonly name = input.required<IconName>();

  protected readonly outline = computed(() => OUTLINES[this.name()]);
}
