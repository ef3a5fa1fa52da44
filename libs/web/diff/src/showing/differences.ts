import {
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { type Comparison, type Question, sayComparison, type UnitKind, type Whose } from '@tandem/shared/differences';
import { Comparer } from '../worker/comparer';
import { MarkedView } from './marked-view';

type OfBothTexts = Pick<Question, 'baseline' | 'derivative'>;

/** One of two answers, with what sets it apart from the other marked in it. Shows nothing before all of it is there. */
@Component({
  selector: 'tandem-differences',
  templateUrl: './differences.html',
  styleUrl: './differences.css',
  encapsulation: ViewEncapsulation.None,
  host: { '[class.alone]': 'isAlone()' },
})
export class Differences {
  readonly baseline = input.required<string>();
  readonly derivative = input.required<string>();
  readonly by = input.required<UnitKind>();
  /** Which of the two is shown. */
  readonly whose = input.required<Whose>();
  /** Whether the other answer is out of view: its words then stand in this one. */
  readonly isAlone = input(false);
  /** All of it is there. */
  readonly shown = output();

  /** Two other answers are others altogether: what was found of those before is not said of them. */
  private readonly texts = computed(() => ({ baseline: this.baseline(), derivative: this.derivative() }), { equal: isOfSameTexts });
  private readonly comparison = linkedSignal<object, Comparison | undefined>({ source: () => this.texts(), computation: () => undefined });
  protected readonly caption = computed(() => {
    const comparison = this.comparison();
    return comparison && sayComparison(comparison, this.whose());
  });
  /** Why there is nothing to see. */
  protected readonly failure = linkedSignal({ source: () => this.texts(), computation: () => '' });

  private readonly text = viewChild.required<ElementRef<HTMLElement>>('text');
  private readonly comparer = inject(Comparer);
  private view: MarkedView | undefined;

  constructor() {
    afterRenderEffect(() => void this.show({ ...this.texts(), by: this.by() }));
    inject(DestroyRef).onDestroy(() => this.view?.close());
  }

  /** Brings the first difference into view, and the focus to it; whether there is one to be seen. */
  reveal(): boolean {
    const first = this.text().nativeElement.querySelector<HTMLElement>('.own, .gap');
    const mark = first?.classList.contains('gap') ? first.parentElement?.querySelector<HTMLElement>('.gap ~ .other') : first;
    if (!mark || this.text().nativeElement.offsetParent === null) return false;
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: 'center' });
    return true;
  }

  private async show(question: Question): Promise<void> {
    this.view?.close();
    if (untracked(this.comparison) === undefined) this.text().nativeElement.replaceChildren();
    const view = (this.view = new MarkedView(this.text().nativeElement, this.whose()));
    try {
      const comparison = await this.comparer.compare(question);
      if (view !== this.view || !(await view.show(comparison[this.whose()].blocks))) return;
      this.failure.set('');
      this.comparison.set(comparison);
    } catch (failure) {
      if (view !== this.view) return;
      this.failure.set(`The answers could not be compared. ${failure instanceof Error ? failure.message : ''}`);
    }
    this.shown.emit();
  }
}

function isOfSameTexts(one: OfBothTexts, other: OfBothTexts): boolean {
  return one.baseline === other.baseline && one.derivative === other.derivative;
}
