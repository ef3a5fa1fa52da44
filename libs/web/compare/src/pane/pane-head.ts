import { Component, computed, type ElementRef, input, output, viewChild } from '@angular/core';
import { HealthNotice, ModelPicker, type Models } from '@tandem/web/model-status';
import { StatusMark } from '@tandem/web/design';
import { sayState } from '@tandem/web/run';
import { type Side } from '../side/sides';
import { ModelDetails } from './model-details';
import { type ChosenModel } from './pane-models';

/** Whose place one side of the comparison is, and how that model is. */
@Component({
  selector: 'tandem-pane-head',
  imports: [HealthNotice, ModelDetails, ModelPicker, StatusMark],
  templateUrl: './pane-head.html',
  styleUrl: './pane-head.css',
  host: { '[class]': 'side().tone', '[attr.data-side]': 'side().id' },
})
export class PaneHead {
  readonly side = input.required<Side>();
  readonly models = input.required<Models>();
  readonly model = input<ChosenModel>();
  /** Whether the side has answered something: its answers then say how it stands. */
  readonly hasAnswered = input(false);
  /** What a screen reader is told of this side's progress. */
  readonly announcement = input('');
  readonly choose = output<string>();

  /** Where the model cannot answer, or nobody knows it, nobody is ready; how far one is that comes, stands beside its name. */
  protected readonly said = computed(() => {
    const option = this.model()?.option;
    if (!option) return this.models().cards.length === 0 ? undefined : { words: 'no model', mark: 'bad' as const };
    if (option.coming) return undefined;
    return ['unhealthy', 'loading'].includes(option.report?.status ?? '') ? { words: 'not ready', mark: option.mark } : sayState(undefined);
  });

  private readonly section = viewChild.required<ElementRef<HTMLElement>>('section');
  private readonly picker = viewChild(ModelPicker);

  focus(): void {
    this.section().nativeElement.focus();
  }

  openPicker(): void {
    this.picker()?.open();
  }
}
