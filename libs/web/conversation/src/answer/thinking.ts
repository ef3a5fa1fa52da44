import { Component, computed, input } from '@angular/core';
import { Disclosure } from '@tandem/web/design';

/** A thinking model's thoughts. */
@Component({
  selector: 'tandem-thinking',
  imports: [Disclosure],
  template: `
    <tandem-disclosure [label]="isOngoing() ? 'Thinking' : 'Thoughts'">
      <p>{{ shown() }}</p>
    </tandem-disclosure>
  `,
  styleUrl: './thinking.css',
})
export class Thinking {
  readonly text = input.required<string>();
  readonly isOngoing = input(false);

  /** Without the tags that some models write around their thoughts. */
  protected readonly shown = computed(() => withoutTags(this.text()));
}

function withoutTags(text: string): string {
  const opened = text.trimStart().startsWith('<think>') ? text.trimStart().slice('<think>'.length).trimStart() : text;
  return opened.trimEnd().endsWith('</think>') ? opened.trimEnd().slice(0, -'</think>'.length).trimEnd() : opened;
}
