import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { type VoteSummary } from '@tandem/shared/contracts';
import { Votes } from '@tandem/web/data-access/kept';
import { Choices } from '@tandem/web/design';
import { COUNTED, type Counted } from './all-or-blind';
import { saySummary } from './say-summary';

/** What all votes on a pair of models come to. What cannot be known now is left out. */
@Component({
  selector: 'tandem-vote-readout',
  imports: [Choices],
  template: `
    @if (words(); as words) {
      <p>
        <span class="name">Votes on this pair</span>
        @for (word of words; track $index) {
          <span class="word">{{ word }}</span>
        }
      </p>
      <tandem-choices legend="Which votes" [isLegendShown]="false" [choices]="choices" [chosen]="counted()" (choose)="counted.set($event)" />
    }
  `,
  styleUrl: './vote-readout.css',
})
export class VoteReadout {
  /** Ids of the models. */
  readonly baseline = input.required<string>();
  readonly derivative = input.required<string>();
  /** How many votes were cast from here: with each of them it is asked for again. */
  readonly cast = input(0);

  protected readonly choices = COUNTED;
  protected readonly counted = signal<Counted>('all');
  /** Of another pair there is none to show, until it is heard how this one stands. */
  private readonly summary = linkedSignal<string, VoteSummary | undefined>({
    source: () => `${this.baseline()} ${this.derivative()}`,
    computation: () => undefined,
  });
  protected readonly words = computed(() => {
    const summary = this.summary();
    return summary && saySummary(summary);
  });

  constructor() {
    const votes = inject(Votes);
    effect((onCleanup) => {
      this.cast();
      let isWanted = true;
      onCleanup(() => (isWanted = false));
      votes
        .summary(this.baseline(), this.derivative(), this.counted() === 'blind')
        .then((summary) => isWanted && this.summary.set(summary))
        .catch(() => isWanted && this.summary.set(undefined));
    });
  }
}
