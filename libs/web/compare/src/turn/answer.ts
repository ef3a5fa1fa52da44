import { Component, computed, type ElementRef, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { Button, copyText, Icon, ProgressBar, StayInViewDirective } from '@tandem/web/design';
import { Markdown } from '@tandem/web/design/markdown';
import {
  AnswerStatus,
  FaultNote,
  isOngoing,
  isPlainEnd,
  progressOf,
  Readouts,
  sayEmptiness,
  sayState,
  textWithCalls,
  Thinking,
  ToolCalls,
} from '@tandem/web/run';
import { isVeiled } from '../blind/blind-turn';
import { type Side, type SideId } from '../side/sides';
import { PaneView } from '../views/pane-view';
import { shownView } from '../views/shown-view';
import { EarlierAnswer } from './earlier-answer';
import { type SideAnswer, type TurnView } from './turn-view';

/** One side's answer to a turn, and how it was made. */
@Component({
  selector: 'tandem-side-answer',
  imports: [AnswerStatus, Button, EarlierAnswer, FaultNote, Icon, Markdown, PaneView, ProgressBar, Readouts, StayInViewDirective, Thinking, ToolCalls],
  templateUrl: './answer.html',
  styleUrl: './answer.css',
  host: { '[class]': 'side().tone', '[attr.data-side]': 'side().id' },
})
export class Answer {
  readonly side = input.required<Side>();
  /** Undefined where this side was not asked. */
  readonly asked = input<SideAnswer>();
  readonly turn = input.required<TurnView>();
  /** Which turn of the comparison it belongs to, counted from 1. */
  readonly number = input.required<number>();
  /** The title of a model, where that is not the one that the pane names; else empty. */
  readonly by = input.required<(side: SideId, model: string) => string>();
  /** Whether it is an answer to the last prompt. */
  readonly isLast = input(false);
  /** Whether this side can be asked now. */
  readonly canAsk = input(true);

  readonly ask = output();
  readonly stop = output();
  /** Another model is to be chosen. */
  readonly switch = output();
  /** A view stands in the place of the text. */
  readonly viewShown = output();

  /** Whether its figures would tell whose it is. */
  protected readonly isVeiled = computed(() => isVeiled(this.turn()));
  protected readonly answer = computed(() => this.asked()?.answer);
  /** Undefined where its text stands as it was written. */
  protected readonly view = computed(() => {
    const view = shownView(this.turn());
    return view === 'text' ? undefined : view;
  });
  /** Until there is something to see of a view, the text stays. Of words and sentences one takes the other's place. */
  protected readonly isViewShown = linkedSignal({
    source: () => (this.view() === 'surprise' ? 'surprise' : this.view() !== undefined),
    computation: () => false,
  });
  protected readonly isOngoing = computed(() => isOngoing(this.answer()?.state));
  protected readonly progress = computed(() => progressOf(this.answer()?.state));
  protected readonly author = computed(() => this.by()(this.side().id, this.asked()?.model ?? ''));
  protected readonly fault = computed(() => {
    const state = this.answer()?.state;
    return state?.kind === 'failed' ? state.fault : undefined;
  });
  protected readonly emptiness = computed(() => {
    const answer = this.answer();
    return answer ? sayEmptiness(answer) : '';
  });
  /** How it ended, where that is worth a word in the text as well: on paper and above other turns. */
  protected readonly ending = computed(() => {
    const state = this.answer()?.state;
    return !state || (this.isLast() && !this.isVeiled()) || isOngoing(state) || isPlainEnd(state) || this.fault() || this.emptiness()
      ? ''
      : sayState(state).words;
  });
  protected readonly copied = computed(() => textWithCalls(this.answer() ?? { text: '' }));
  protected readonly isCopied = signal(false);

  private readonly group = viewChild.required<ElementRef<HTMLElement>>('group');

  private readonly paneView = viewChild(PaneView);

  focus(): void {
    this.group().nativeElement.focus();
  }

  /** Brings the first difference into view; whether there is one to be seen. */
  revealDifference(): boolean {
    return this.paneView()?.revealDifference() ?? false;
  }

  protected onViewShown(): void {
    this.isViewShown.set(true);
    this.viewShown.emit();
  }

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.copied()));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
