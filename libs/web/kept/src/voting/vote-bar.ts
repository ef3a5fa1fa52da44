import { Component, computed, input, output } from '@angular/core';
import { type BlindChoice, type VoteChoice } from '@tandem/shared/contracts';
import { Button } from '@tandem/web/design';
import { sayCounts } from './say-counts';
import { VOTE_BUTTONS } from './vote-words';

let count = 0;

/** Which of two answers is better, in four buttons. What comes of a choice, its page knows. */
@Component({
  selector: 'tandem-vote-bar',
  imports: [Button],
  templateUrl: './vote-bar.html',
  styleUrl: './vote-bar.css',
})
export class VoteBar {
  /** What was chosen; null before that. */
  readonly chosen = input<BlindChoice | null>(null);
  /** Why nothing can be chosen now; empty where it can. */
  readonly obstacle = input('');
  /** What came of the last choice, where that is worth a sentence. */
  readonly news = input('');
  /** All votes on these answers, where they are known. */
  readonly counts = input<Readonly<Record<VoteChoice, number>>>();
  readonly vote = output<BlindChoice>();

  protected readonly id = `vote-${++count}`;
  protected readonly buttons = VOTE_BUTTONS;
  protected readonly told = computed(() => {
    const counts = this.counts();
    return counts ? sayCounts(counts) : '';
  });
}
