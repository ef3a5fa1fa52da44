import { Component, computed, input, output } from '@angular/core';
import { FaultNote, isOngoing, isPlainEnd, sayState, Thinking, ToolCalls } from '@tandem/web/run';
import { Markdown, PlainTextDirective, StayInViewDirective } from '@tandem/web/design';
import { EarlierAnswer } from './earlier-answer';
import { type PaneTurn } from './pane-turn';

/** One prompt and one side's answer to it. */
@Component({
  selector: 'tandem-turn',
  imports: [EarlierAnswer, FaultNote, Markdown, PlainTextDirective, StayInViewDirective, Thinking, ToolCalls],
  templateUrl: './turn.html',
  styleUrl: './turn.css',
})
export class Turn {
  readonly turn = input.required<PaneTurn>();
  /** The title of a model that answered, where that is not the one that the pane names. */
  readonly by = input.required<(model: string) => string>();
  readonly isLast = input(false);
  readonly retry = output();
  /** Another model is to be chosen. */
  readonly switch = output();

  protected readonly answer = computed(() => this.turn().answer);
  protected readonly isOngoing = computed(() => isOngoing(this.answer().state));
  protected readonly fault = computed(() => {
    const { state } = this.answer();
    return state.kind === 'failed' ? state.fault : undefined;
  });
  /** How an earlier answer ended, where that is worth a word. */
  protected readonly ending = computed(() => {
    const { state } = this.answer();
    return this.isLast() || isPlainEnd(state) || this.fault() ? '' : sayState(state).words;
  });
}
