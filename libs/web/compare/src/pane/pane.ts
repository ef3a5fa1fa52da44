import { Component, computed, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { HealthNotice, type ModelOption, ModelPicker, type Models } from '@tandem/web/model-status';
import { isOngoing, progressOf, Readouts, sayState, textWithCalls } from '@tandem/web/run';
import { Button, copyText, HeightDirective, Icon, ProgressBar, StatusMark } from '@tandem/web/design';
import { type PaneTurn } from './pane-turn';
import { SIDE_NAMES, type Side } from './sides';
import { Turn } from './turn';

/** One side of the comparison: which model it is, what it answered, and how it is doing. */
@Component({
  selector: 'tandem-pane',
  imports: [Button, HealthNotice, HeightDirective, Icon, ModelPicker, ProgressBar, Readouts, StatusMark, Turn],
  templateUrl: './pane.html',
  styleUrl: './pane.css',
  host: { '[class]': 'side()' },
})
export class Pane {
  readonly side = input.required<Side>();
  readonly models = input.required<Models>();
  readonly model = input<ModelOption>();
  readonly subtitle = input('');
  readonly turns = input.required<readonly PaneTurn[]>();
  /** What a screen reader is told of this side's progress. */
  readonly announcement = input('');

  readonly choose = output<string>();
  /** Of its head, in pixels. */
  readonly headHeight = output<number>();
  readonly stop = output();
  readonly retry = output();

  protected readonly name = computed(() => SIDE_NAMES[this.side()]);
  protected readonly last = computed(() => this.turns().at(-1)?.answer);
  /** Where nothing was asked yet and the model cannot answer, nobody is ready. */
  protected readonly said = computed(() => {
    const { report, health = '', mark = 'unknown', coming } = this.model() ?? {};
    if (this.last() !== undefined) return sayState(this.last()?.state);
    if (coming) return { words: health, mark };
    return ['unhealthy', 'loading'].includes(report?.status ?? '') ? { words: 'not ready', mark } : sayState(undefined);
  });
  protected readonly isOngoing = computed(() => isOngoing(this.last()?.state));
  protected readonly hasFailed = computed(() => this.last()?.state.kind === 'failed');
  protected readonly progress = computed(() => progressOf(this.last()?.state));
  /** The title of a turn's model; empty where it is the one that the pane names. */
  protected readonly by = (model: string | undefined): string => {
    if (model === undefined || model === this.model()?.id) return '';
    return this.models().cards.find(({ id }) => id === model)?.title ?? model;
  };
  /** Who gave the last answer, where the pane names another model since. */
  protected readonly lastBy = computed(() => this.by(this.turns().at(-1)?.model));
  protected readonly copied = computed(() => textWithCalls(this.last() ?? { text: '' }));
  protected readonly isCopied = signal(false);

  protected readonly picker = viewChild.required(ModelPicker);
  private readonly section = viewChild.required<ElementRef<HTMLElement>>('section');

  focus(): void {
    this.section().nativeElement.focus();
  }

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.copied()));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
