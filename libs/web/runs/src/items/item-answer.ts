import { Component, computed, input } from '@angular/core';
import type { RunAnswer } from '@tandem/shared/contracts';
import { StatusMark } from '@tandem/web/design';
import { Markdown } from '@tandem/web/design/markdown';
import { Differences } from '@tandem/web/diff';
import { AnswerStatus, FaultNote, Readouts, Thinking } from '@tandem/web/run';
import { stateOf } from './item-facts';
import { sayCheck } from './item-words';

export type ItemView = 'text' | 'words' | 'sentences';

/** One side's answer to an item: as it was written, or by how it differs from the other one. */
@Component({
  selector: 'tandem-item-answer',
  imports: [AnswerStatus, Differences, FaultNote, Markdown, Readouts, StatusMark, Thinking],
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

  protected readonly state = computed(() => {
    const answer = this.answer();
    return answer && stateOf(answer);
  });
  protected readonly usage = computed(() => this.answer()?.usage ?? undefined);
  protected readonly checks = computed(() => this.answer()?.check?.checks ?? []);

  protected sayChecked(passed: boolean | null) {
    const answer = this.answer();
    return answer && sayCheck({ ...answer, check: { passed, checks: [] } });
  }
}
