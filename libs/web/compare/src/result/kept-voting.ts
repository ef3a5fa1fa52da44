import { Component, computed, inject, input } from '@angular/core';
import { type BlindChoice } from '@tandem/shared/contracts';
import { VoteBar } from '@tandem/web/kept';
import { type TurnView } from '../turn/turn-view';
import { ResultStore } from './result-store';

/** The vote on a turn that is kept, and what all voted. */
@Component({
  selector: 'tandem-kept-voting',
  imports: [VoteBar],
  template: `<tandem-vote-bar [chosen]="chosen()" [obstacle]="obstacle()" [news]="news()" [counts]="counts()" (vote)="vote($event)" />`,
})
export class KeptVoting {
  readonly turn = input.required<TurnView>();

  private readonly store = inject(ResultStore);
  protected readonly chosen = computed(() => this.store.chosen(this.turn()));
  protected readonly obstacle = computed(() => this.store.obstacle(this.turn()));
  protected readonly news = computed(() => this.store.news(this.turn()));
  protected readonly counts = computed(() => this.store.votesOn(this.turn())?.counts);

  vote(choice: BlindChoice): void {
    void this.store.vote(this.turn(), choice);
  }
}
