import { Component, computed, inject, input } from '@angular/core';
import { type BlindChoice } from '@tandem/shared/contracts';
import { VoteBar } from '@tandem/web/kept';
import { type TurnView } from '../turn/turn-view';
import { LiveVoting } from './live-voting';

/** The vote on a turn of the page. */
@Component({
  selector: 'tandem-turn-voting',
  imports: [VoteBar],
  template: `<tandem-vote-bar [chosen]="chosen()" [obstacle]="obstacle()" [news]="news()" (vote)="vote($event)" />`,
})
export class TurnVoting {
  readonly turn = input.required<TurnView>();

  private readonly voting = inject(LiveVoting);
  protected readonly chosen = computed(() => this.voting.chosen(this.turn()));
  protected readonly obstacle = computed(() => this.voting.obstacle(this.turn()));
  protected readonly news = computed(() => this.voting.news(this.turn()));

  vote(choice: BlindChoice): void {
    void this.voting.vote(this.turn(), choice);
  }
}
