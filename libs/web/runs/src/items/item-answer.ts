import { Component, computed, input, output, viewChild } from '@angular/core';
import type { OfBoth, RunAnswer } from '@tandem/shared/contracts';
import { PartMissing, StatusMark } from '@tandem/web/design';
import { Markdown } from '@tandem/web/design/markdown';
import { Differences } from '@tandem/web/diff';
import { AnswerStatus, FaultNote, Readouts, Thinking } from '@tandem/web/run';
import { type AnswerToScore, ScoredAnswer } from '@tandem/web/scores';
import { stateOf } from './item-facts';
import { sayCheck } from './item-words';

export type ItemView = 'text' | 'words' | 'sentences' | 'surprise';

/** One side's answer to an item: as it was written, or by how it differs from the other one. */
@Component({
  selector: 'tandem-item-answer',
  imports: [AnswerStatus, Differences, FaultNote, Markdown, PartMissing, Readouts, ScoredAnswer, StatusMark, Thinking],
  templateUrl: './item-answer.html',
  styleUrl: './item-answer.css',
  host: { '[class]': 'tone()' },
})
export class ItemAnswer {
  readonly tone = input.required<'baseline' | 'derivative'>();
  readonly title = input.required<string>();
  /** Undefined where it was not asked yet. */
  readonly answer = input<RunAnswer>();
  readonly view = input.required<ItemView>();
  /** What the views show: the baseline's text and the one that is compared with it. */
  readonly texts = input.required<readonly [string, string]>();
  /** What both models are asked of it; undefined where there is nothing to ask. */
  readonly toScore = input<AnswerToScore>();
  /** What the sides are called. */
  readonly names = input.required<OfBoth<string>>();
  /** A view by words or sentences stands in the place of the text. */
  readonly shown = output();

  protected readonly state = computed(() => {
    const answer = this.answer();
    return answer && stateOf(answer);
  });
  protected readonly usage = computed(() => this.answer()?.usage ?? undefined);
  protected readonly checks = computed(() => this.answer()?.check?.checks ?? []);

  private readonly differences = viewChild<Differences>('differences');

  /** Brings the first difference into view; whether there is one to be seen. */
  revealDifference(): boolean {
    return this.differences()?.reveal() ?? false;
  }

  protected sayChecked(passed: boolean | null) {
    const answer = this.answer();
    return answer && sayCheck({ ...answer, check: { passed, checks: [] } });
  }
}
