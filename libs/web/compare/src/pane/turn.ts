import { Component, computed, input, output } from '@angular/core';
import { type AnswerView, FaultNote, isOngoing, sayState, Thinking } from '@tandem/web/conversation';
import { Markdown, StayInViewDirective } from '@tandem/web/design';

/** One prompt and one side's answer to it. */
@Component({
  selector: 'tandem-turn',
  imports: [FaultNote, Markdown, StayInViewDirective, Thinking],
  templateUrl: './turn.html',
  styleUrl: './turn.css',
})
export class Turn {
  readonly answer = input.required<AnswerView>();
  readonly isLast = input(false);
  readonly retry = output();

  protected readonly isOngoing = computed(() => isOngoing(this.answer().state));
  protected readonly fault = computed(() => {
    const { state } = this.answer();
    return state.kind === 'failed' ? state.fault : undefined;
  });
  /** How an earlier answer ended, where that is worth a word. */
  protected readonly ending = computed(() => {
    const { words } = sayState(this.answer().state);
    return this.isLast() || words === 'done' || this.fault() ? '' : words;
  });
}
