import { Component, computed, input, model, output, signal } from '@angular/core';
import type { RunItem } from '@tandem/shared/contracts';
import { Button, type Choice, Choices, Dialog, Icon, PlainTextDirective } from '@tandem/web/design';
import { historyOf, pairOf, promptOf } from './item-answers';
import { ItemAnswer, type ItemView } from './item-answer';
import { obstacleOf, sayDifferences } from './item-facts';

const VIEWS: readonly Choice<ItemView>[] = [
  { value: 'text', label: 'Text' },
  { value: 'words', label: 'Words' },
  { value: 'sentences', label: 'Sentences' },
];

/** An item in full: what was asked, both answers, how they differ, and what the checks found. */
@Component({
  selector: 'tandem-item-dialog',
  imports: [Button, Choices, Dialog, Icon, ItemAnswer, PlainTextDirective],
  templateUrl: './item-dialog.html',
  styleUrl: './item-dialog.css',
  host: { '(keydown)': 'stepByKey($event)' },
})
export class ItemDialog {
  readonly isOpen = model.required<boolean>();
  readonly item = input<RunItem>();
  /** Which of the sides is compared with the baseline, from 0. */
  readonly at = input(0);
  readonly titles = input.required<readonly [string, string]>();
  readonly hasPrevious = input(false);
  readonly hasNext = input(false);
  /** Another row: 1 for the next one, −1 for the one before. */
  readonly step = output<1 | -1>();

  protected readonly views = VIEWS;
  protected readonly chosenView = signal<ItemView>('text');
  private readonly said = computed(() => this.item() ?? NOTHING);
  protected readonly pair = computed(() => pairOf(this.said(), this.at()));
  protected readonly prompt = computed(() => promptOf(this.said()));
  protected readonly history = computed(() => historyOf(this.said()));
  protected readonly facts = computed(() => {
    const { reference, tags } = this.said();
    return [...(reference === undefined ? [] : [{ name: 'Reference', text: reference }]), ...(tags?.length ? [{ name: 'Tags', text: tags.join(', ') }] : [])];
  });
  protected readonly obstacle = computed(() => obstacleOf(this.pair()));
  protected readonly view = computed(() => (this.obstacle() === '' ? this.chosenView() : 'text'));
  protected readonly texts = computed<readonly [string, string]>(() => [this.pair().baseline?.text ?? '', this.pair().derivative?.text ?? '']);
  protected readonly differences = computed(() => sayDifferences(this.pair()));
  protected readonly verdict = computed(() => {
    const found = this.said().verdicts.find(({ model: id }) => id === this.pair().derivative?.model);
    if (!found?.winner) return '';
    return found.winner === 'tie' ? 'judge: a tie' : `judge: ${found.winner === 'baseline' ? this.titles()[0] : this.titles()[1]}`;
  });

  /** Arrow keys of a choice are its own. */
  protected stepByKey(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1 as const, ArrowRight: 1 as const }[event.key];
    if (by === undefined || !this.isOpen() || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.go(by);
  }

  protected go(by: 1 | -1): void {
    if (by === 1 ? this.hasNext() : this.hasPrevious()) this.step.emit(by);
  }
}

const NOTHING: Pick<RunItem, 'answers' | 'verdicts' | 'prompt' | 'messages' | 'system' | 'reference' | 'tags'> = { answers: {}, verdicts: [] };
