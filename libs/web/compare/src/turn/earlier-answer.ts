import { Component, computed, input } from '@angular/core';
import { type AnswerView, sayCount, sayState, Thinking, ToolCalls } from '@tandem/web/run';
import { Disclosure } from '@tandem/web/design';
import { Markdown } from '@tandem/web/design/markdown';

/** What had come before a prompt was asked again: folded away, not taken away. */
@Component({
  selector: 'tandem-earlier-answer',
  imports: [Disclosure, Markdown, Thinking, ToolCalls],
  template: `
    <tandem-disclosure [label]="label()">
      @if (answer().thoughts) {
        <tandem-thinking [text]="answer().thoughts" />
      }
      <tandem-markdown [text]="answer().text" [isComplete]="true" />
      @if (answer().calls; as calls) {
        <tandem-tool-calls [calls]="calls" />
      }
    </tandem-disclosure>
  `,
})
export class EarlierAnswer {
  readonly answer = input.required<AnswerView>();
  /** Who gave it, where that is not the model that the pane names. */
  readonly by = input('');

  protected readonly label = computed(() => {
    const answer = this.answer();
    return [this.by() ? `Earlier answer by ${this.by()}` : 'Earlier answer', sayState(answer.state).words, sayCount(answer)].join(' · ');
  });
}
