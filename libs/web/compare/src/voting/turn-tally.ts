import { Component, computed, inject, input } from '@angular/core';
import { VoteReadout } from '@tandem/web/kept';
import { Sharing } from '../sharing/sharing';
import { type TurnView } from '../turn/turn-view';
import { LiveVoting } from './live-voting';

/** What all votes on the pair come to, once one has voted oneself: before, it would lead. */
@Component({
  selector: 'tandem-turn-tally',
  imports: [VoteReadout],
  template: `
    @if (isShown()) {
      <tandem-vote-readout class="brief" [baseline]="pair()[0]" [derivative]="pair()[1]" [cast]="voting.cast()" />
    }
  `,
})
export class TurnTally {
  readonly turn = input.required<TurnView>();
  readonly isLast = input(false);

  private readonly sharing = inject(Sharing);
  protected readonly voting = inject(LiveVoting);
  protected readonly isShown = computed(() => this.isLast() && this.voting.chosen(this.turn()) !== null);
  protected readonly pair = computed((): readonly [string, string] => {
    const [left, right] = this.sharing.pair();
    return this.sharing.isCrossed() ? [right, left] : [left, right];
  });
}
