import { Component, computed, inject, input } from '@angular/core';
import { SurpriseBand } from '@tandem/web/scores';
import { type TurnView } from '../turn/turn-view';
import { SurpriseSource } from './surprise-source';
import { TurnAlong } from './turn-along';

/** Over the answers of a turn: how the two models find each other's. */
@Component({
  selector: 'tandem-turn-surprise',
  imports: [SurpriseBand, TurnAlong],
  template: `<tandem-surprise-band [answers]="answers()" [sides]="sides()"><tandem-turn-along [turn]="turn()" /></tandem-surprise-band>`,
})
export class TurnSurprise {
  readonly turn = input.required<TurnView>();

  private readonly source = inject(SurpriseSource);
  protected readonly answers = computed(() => this.source.answersOf(this.turn()));
  protected readonly sides = computed(() => this.source.sidesOf(this.turn()));
}
