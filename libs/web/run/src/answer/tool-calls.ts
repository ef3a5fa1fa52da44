import { Component, computed, input } from '@angular/core';
import { Icon } from '@tandem/web/design';
import { type CalledTool } from './called-tool';
import { formatJson } from './format-json';

/** The tools that an answer asks for: the name of each, and the arguments on lines of their own. */
@Component({
  selector: 'tandem-tool-calls',
  imports: [Icon],
  template: `
    @for (call of shown(); track $index) {
      <figure>
        <figcaption>
          <tandem-icon name="tool" /><span class="unseen">Asks for the tool </span><code>{{ call.name }}</code>
        </figcaption>
        @if (call.text) {
          <pre tabindex="0" [attr.aria-label]="'Arguments of ' + call.name">{{ call.text }}</pre>
        } @else {
          <p>no arguments</p>
        }
      </figure>
    }
  `,
  styleUrl: './tool-calls.css',
})
export class ToolCalls {
  readonly calls = input.required<readonly CalledTool[]>();
  /** Whether no more of them comes. */
  readonly isComplete = input(true);

  protected readonly shown = computed(() =>
    this.calls().map((call) => {
      const text = formatJson(call.arguments, this.isComplete());
      return { name: call.name, text: ['', '{}'].includes(text.trim()) ? '' : text };
    }),
  );
}
