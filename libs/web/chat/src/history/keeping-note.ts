import { Component, computed, inject } from '@angular/core';
import { Icon } from '@tandem/web/design';
import { Archive } from '../archive/archive';
import { KEEPING_WORDS } from './keeping-words';

/** Says that what is said will not last, where that is so. */
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
  private readonly archive = inject(Archive);
  protected readonly words = computed(() => KEEPING_WORDS[this.archive.keeping()]);
}
