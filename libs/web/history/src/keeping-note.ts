import { Component, computed, input } from '@angular/core';
import { Icon } from '@tandem/web/design';
import { type HistoryNames } from './entry';
import { type Keeping, sayKept } from './keeping';

/** Says that a history will not last, where that is so. */
@Component({
  selector: 'tandem-keeping-note',
  imports: [Icon],
  template: `
    @if (words(); as words) {
      <p role="status"><tandem-icon name="alert" />{{ words }}</p>
    }
  `,
  styleUrl: './keeping-note.css',
})
export class KeepingNote {
  readonly keeping = input.required<Keeping>();
  readonly names = input.required<HistoryNames>();
  protected readonly words = computed(() => sayKept(this.keeping(), this.names()));
}
