import { Component, computed, input } from '@angular/core';
import { Icon } from '@tandem/web/design';

/** A thinking model's thoughts: folded away, there for who wants them. */
@Component({
  selector: 'tandem-thinking',
  imports: [Icon],
  template: `
    <details>
      <summary><tandem-icon name="chevron-right" />{{ isOngoing() ? 'Thinking' : 'Thoughts' }}</summary>
      <p>{{ shown() }}</p>
    </details>
  `,
  styleUrl: './thinking.css',
})
export class Thinking {
  readonly text = input.required<string>();
  readonly isOngoing = input(false);

  /** Without the tags that some models write around their thoughts. */
  protected readonly shown = computed(() => this.text().replace(/^\s*<think>\s*/, '').replace(/\s*<\/think>\s*$/, ''));
}
