import { Component, computed, inject, input, model, output, signal, viewChildren } from '@angular/core';
import type { RunItem } from '@tandem/shared/contracts';
import { CatalogueStore } from '@tandem/web/data-access';
import { Button, type Choice, Choices, Dialog, Icon, PartMissing, PlainTextDirective } from '@tandem/web/design';
import { ModelsStore, toOption } from '@tandem/web/model-status';
import { type SideInView, type SidesInView, SurpriseBand } from '@tandem/web/scores';
import { FigureLine, figuresOfPair, sayCost } from '@tandem/web/scores/pair';
import { answersToScore } from './answers-to-score';
import { historyOf, pairOf, promptOf } from './item-answers';
import { ItemAnswer, type ItemView } from './item-answer';
import { measuredOf, obstacleOf } from './item-facts';

const VIEWS: readonly Choice<ItemView>[] = [
  { value: 'text', label: 'Text' },
  { value: 'words', label: 'Words' },
  { value: 'sentences', label: 'Sentences' },
  { value: 'surprise', label: 'Surprise' },
];

/** An item in full: what was asked, both answers, how they differ, and what the checks found. */
@Component({
  selector: 'tandem-item-dialog',
  imports: [Button, Choices, Dialog, FigureLine, Icon, ItemAnswer, PartMissing, PlainTextDirective, SurpriseBand],
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
  private readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  protected readonly figures = computed(() => {
    const { baseline, derivative } = this.pair();
    const isTold = baseline && derivative && this.obstacle() === '';
    return isTold ? figuresOfPair(measuredOf(baseline), measuredOf(derivative), this.catalogue.byId()) : [];
  });
  /** What else is known of it, in a few words each. */
  protected readonly found = computed(() => {
    const { divergence } = this.said();
    return [divergence === null ? '' : `KL ${divergence.toFixed(3)} nats per token`, this.verdict(), ...this.costs()].filter((words) => words !== '');
  });
  protected readonly toScore = computed(() => answersToScore(this.said(), this.pair()));
  protected readonly names = computed(() => ({ baseline: this.titles()[0], derivative: this.titles()[1] }));
  protected readonly sides = computed<SidesInView>(() => ({ baseline: this.sideOf('baseline'), derivative: this.sideOf('derivative') }));
  /** Whether the first difference is to be brought into view as soon as one is shown. */
  private isSought = false;
  private readonly answers = viewChildren(ItemAnswer);
  private readonly verdict = computed(() => {
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

  /** Brings the first difference into view. */
  protected seek(): void {
    this.isSought = true;
    if (['text', 'surprise'].includes(this.view())) this.chosenView.set('words');
    else this.onViewShown();
  }

  protected onViewShown(): void {
    if (this.isSought) this.isSought = !this.answers().some((answer) => answer.revealDifference());
  }

  private costs(): readonly string[] {
    const { baseline, derivative } = this.pair();
    return [baseline, derivative].flatMap((answer, at) => {
      const cost = answer ? sayCost(this.catalogue.byId().get(answer.model), answer.usage ?? undefined) : '';
      return cost === '' ? [] : [`${this.titles()[at]}: ${cost}`];
    });
  }

  private sideOf(side: 'baseline' | 'derivative'): SideInView {
    const card = this.catalogue.byId().get(this.pair()[side]?.model ?? '');
    return { name: this.names()[side], option: card && toOption(card, this.all.models()) };
  }

  protected go(by: 1 | -1): void {
    if (by === 1 ? this.hasNext() : this.hasPrevious()) this.step.emit(by);
  }
}

const NOTHING: Pick<RunItem, 'answers' | 'verdicts' | 'divergence' | 'prompt' | 'messages' | 'system' | 'reference' | 'tags'> = {
  answers: {},
  verdicts: [],
  divergence: null,
};
