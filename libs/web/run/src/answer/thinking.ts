import { Component, computed, input } from '@angular/core';
import { Disclosure, PlainTextDirective } from '@tandem/web/design';

const BEGIN = '<think>';
const END = '</think>';

/** A thinking model's thoughts. */
@Component({
  selector: 'tandem-thinking',
  imports: [Disclosure, PlainTextDirective],
  template: `
    <tandem-disclosure [label]="isOngoing() ? 'Thinking' : 'Thoughts'">
      <p [tandemPlainText]="shown()"></p>
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

export function withoutTags(thoughts: string): string {
  const begun = thoughts.trimStart();
  const inner = begun.startsWith(BEGIN) ? begun.slice(BEGIN.length).trimStart() : thoughts;
  const ended = inner.trimEnd();
  return ended.endsWith(END) ? ended.slice(0, -END.length).trimEnd() : inner;
}
