import { Component, computed, DestroyRef, ElementRef, inject, input, output, viewChild, viewChildren } from '@angular/core';
import { type ModelCard } from '@tandem/shared/contracts';
import { PartMissing, PlainTextDirective } from '@tandem/web/design';
import { isVeiled } from '../blind/blind-turn';
import { type SideId, SIDES, VEILED_SIDES } from '../side/sides';
import { Spine } from '../spine/spine';
import { SurpriseSource } from '../surprise/surprise-source';
import { TurnSurprise } from '../surprise/turn-surprise';
import { HeldPlace } from '../views/held-place';
import { shownView } from '../views/shown-view';
import { type View } from '../views/view';
import { Answer } from './answer';
import { hasEnded } from './go-on';
import { type GoOn, type SideAnswer, type TurnView } from './turn-view';

/** One prompt over the answers of the sides, and how those differ. */
@Component({
  selector: 'tandem-turn-row',
  imports: [Answer, PartMissing, PlainTextDirective, Spine, TurnSurprise],
  providers: [SurpriseSource],
  templateUrl: './turn-row.html',
  styleUrl: './turn-row.css',
  host: { '[class.last]': 'isLast()' },
})
export class TurnRow {
  readonly turn = input.required<TurnView>();
  /** Which one of the comparison it is, counted from 1. */
  readonly number = input.required<number>();
  readonly isLast = input(false);
  readonly isBusy = input(false);
  readonly isMeasuring = input(false);
  readonly repeats = input.required<number>();
  readonly cards = input.required<ReadonlyMap<string, ModelCard>>();
  /** The title of a side's model, where that is not the one that the pane names; else empty. */
  readonly by = input.required<(side: SideId, model: string) => string>();

  readonly ask = output<SideId>();
  readonly stop = output<SideId>();
  readonly switch = output<SideId>();
  readonly goOn = output<GoOn>();
  readonly repeat = output();
  /** How the answers are to be shown. */
  readonly view = output<View>();

  protected readonly isEnded = computed(() => hasEnded(this.turn()));
  protected readonly isSurprise = computed(() => shownView(this.turn()) === 'surprise');
  /** From left to right, those that were not asked as well. */
  protected readonly cells = computed(() => (isVeiled(this.turn()) ? VEILED_SIDES : SIDES).map((side) => ({ side, asked: this.answerOf(side.id) })));
  private readonly answers = viewChildren(Answer);
  /** Whether the first difference is to be brought into view as soon as one is shown. */
  private isSought = false;
  private readonly spine = viewChild<string, ElementRef<HTMLElement>>('spine', { read: ElementRef });
  private held: HeldPlace | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.held?.release());
  }

  focus(side: SideId): void {
    this.answers()
      .find((answer) => answer.side().id === side)
      ?.focus();
  }

  /** What was pressed stays under the pointer. */
  protected showAs(view: View): void {
    this.held?.release();
    const spine = this.spine()?.nativeElement;
    const box = spine?.closest('[tandemFollowScroll]');
    this.held = spine && box ? new HeldPlace(spine, box) : undefined;
    this.view.emit(view);
  }

  /** Brings the first difference into view. */
  protected seek(): void {
    this.held?.release();
    this.isSought = true;
    if (['text', 'surprise'].includes(shownView(this.turn()))) this.view.emit('words');
    else this.onViewShown();
  }

  protected onViewShown(): void {
    if (this.isSought) this.isSought = !this.answers().some((answer) => answer.revealDifference());
  }

  private answerOf(side: SideId): SideAnswer | undefined {
    return this.turn().answers.find((answer) => answer.side === side);
  }
}
