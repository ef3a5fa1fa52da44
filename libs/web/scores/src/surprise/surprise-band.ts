import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Button, Choices, type Choice } from '@tandem/web/design';
import { Divergences } from '../scoring/divergences';
import { keyOf } from '../scoring/scoring-task';
import { type AnswerToScore, type SidesInView } from './answer-to-score';
import { sayCost } from './cost-words';
import { HowMeasured } from './how-measured';
import { sayDirections } from './say-directions';
import { type ShadedUnder, Shading } from './shading';
import { STEPS } from './steps';

const UNDER: readonly Choice<ShadedUnder>[] = [
  { value: 'other', label: 'the other model' },
  { value: 'own', label: 'its own model' },
];

/** What the two directions say together, what the shades mean, and how it was measured. Has the answers scored. */
@Component({
  selector: 'tandem-surprise-band',
  imports: [Button, Choices, HowMeasured],
  templateUrl: './surprise-band.html',
  styleUrls: ['./steps.css', './surprise-band.css'],
})
export class SurpriseBand {
  readonly answers = input.required<readonly AnswerToScore[]>();
  readonly sides = input.required<SidesInView>();

  private readonly divergences = inject(Divergences);
  protected readonly shading = inject(Shading);
  protected readonly under = UNDER;
  protected readonly steps = STEPS;

  /** The derivative's first: what of it surprises the baseline is what most people come for. */
  private readonly tasks = computed(
    () => {
      const answers = this.answers();
      return [...answers.filter(({ side }) => side === 'derivative'), ...answers.filter(({ side }) => side === 'baseline')].flatMap(({ task }) => task ?? []);
    },
    { equal: (one, other) => one.map(keyOf).join() === other.map(keyOf).join() },
  );
  private readonly isWanted = signal(false);
  private readonly states = computed(() =>
    this.answers().map(({ side, task }) => ({ side, task, state: task ? this.divergences.stateOf(task)() : undefined })),
  );
  protected readonly scored = computed(() =>
    this.states().flatMap(({ side, task, state }) => (task && state?.kind === 'done' ? [{ side, task, divergence: state.divergence }] : [])),
  );
  protected readonly directions = computed(() => {
    const { baseline, derivative } = this.sides();
    return sayDirections(this.scored(), { baseline: baseline.name, derivative: derivative.name });
  });
  protected readonly isIdle = computed(() => this.states().some(({ state }) => state?.kind === 'idle'));
  protected readonly cost = computed(() => sayCost(Object.values(this.sides())));

  constructor() {
    effect(() => {
      const tasks = this.tasks();
      if (this.cost() === '' || this.isWanted()) untracked(() => this.divergences.score(tasks));
    });
  }

  protected score(): void {
    this.isWanted.set(true);
    this.divergences.score(this.tasks());
  }
}
