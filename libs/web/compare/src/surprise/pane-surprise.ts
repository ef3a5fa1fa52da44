import { Component, computed, inject, input, output } from '@angular/core';
import { ScoredAnswer } from '@tandem/web/scores';
import { type SideId } from '../side/sides';
import { type TurnView } from '../turn/turn-view';
import { SurpriseSource } from './surprise-source';

/** In a pane: its answer, token by token. */
@Component({
  selector: 'tandem-pane-surprise',
  imports: [ScoredAnswer],
  template: `
    @if (answer(); as answer) {
      <tandem-scored-answer [answer]="answer" [names]="source.names" (shown)="shown.emit()" />
    }
  `,
})
export class PaneSurprise {
  readonly turn = input.required<TurnView>();
  readonly side = input.required<SideId>();
  /** There is something to see in the place of the text. */
  readonly shown = output();

  protected readonly source = inject(SurpriseSource);
  protected readonly answer = computed(() => this.source.answersOf(this.turn()).find(({ side }) => side === this.side()));
}
