import { Component, computed, effect, inject, input, output, viewChild } from '@angular/core';
import { type OfBoth } from '@tandem/shared/contracts';
import { Button, ProgressBar, sayPercent } from '@tandem/web/design';
import { FaultNote } from '@tandem/web/run';
import { Divergences } from '../scoring/divergences';
import { type AnswerToScore, otherSide } from './answer-to-score';
import { figuresOfAnswer } from './answer-figures';
import { readPiece } from './piece-reading';
import { piecesOf } from './pieces';
import { Shading } from './shading';
import { TokenPopover } from './token-popover';
import { type LookedAt, TokenText } from './token-text';

/** One answer, token by token, as the two models find it. */
@Component({
  selector: 'tandem-scored-answer',
  imports: [Button, FaultNote, ProgressBar, TokenPopover, TokenText],
  templateUrl: './scored-answer.html',
  styleUrl: './scored-answer.css',
})
export class ScoredAnswer {
  readonly answer = input.required<AnswerToScore>();
  /** What the sides are called. */
  readonly names = input.required<OfBoth<string>>();
  /** Its tokens are there, in the place of its text. */
  readonly shown = output();

  private readonly divergences = inject(Divergences);
  private readonly shading = inject(Shading);
  private readonly popover = viewChild(TokenPopover);

  private readonly state = computed(() => {
    const { task } = this.answer();
    return task ? this.divergences.stateOf(task)() : undefined;
  });
  protected readonly progress = computed(() => {
    const state = this.state();
    return state?.kind === 'scoring' ? state.progress : undefined;
  });
  protected readonly isWaiting = computed(() => this.state()?.kind === 'waiting');
  protected readonly divergence = computed(() => {
    const state = this.state();
    return state?.kind === 'done' ? state.divergence : undefined;
  });
  protected readonly fault = computed(() => {
    const state = this.state();
    return state?.kind === 'failed' ? state.fault : undefined;
  });
  protected readonly own = computed(() => this.names()[this.answer().side]);
  protected readonly under = computed(() => (this.shading.under() === 'other' ? otherSide(this.answer().side) : this.answer().side));
  protected readonly figures = computed(() => {
    const divergence = this.divergence();
    return divergence ? figuresOfAnswer(this.answer().side, divergence, this.names()) : [];
  });
  protected readonly pieces = computed(() => {
    const [{ task }, divergence] = [this.answer(), this.divergence()];
    return task && divergence ? piecesOf(task.text, divergence) : [];
  });
  protected readonly label = computed(() => `${this.own()}’s answer token by token, as ${this.names()[this.under()]} finds it`);
  protected readonly sayPercent = sayPercent;

  constructor() {
    effect(() => {
      if (this.divergence()) this.shown.emit();
    });
  }

  protected retry(): void {
    const { task } = this.answer();
    if (task) this.divergences.score([task]);
  }

  protected stop(): void {
    const { task } = this.answer();
    if (task) this.divergences.stop([task]);
  }

  protected show({ at, piece, element }: LookedAt): void {
    const isBound = this.divergence()?.kl?.kind === 'lower_bound';
    this.popover()?.show(element, readPiece(piece, at, [this.under(), otherSide(this.under())], isBound));
  }
}
