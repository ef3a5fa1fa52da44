import { Component, computed, input, model, viewChildren } from '@angular/core';
import { ParameterSet, ParametersFoot } from '@tandem/web/composer';
import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { Dialog, PartMissing } from '@tandem/web/design';
import { PairParity } from '../parity/pair-parity';
import { SIDES } from '../side/sides';
import { sayDifferences } from './differences';
import { type Settings } from './settings';

/** What both sides are asked with: the same, until a person unlinks them. Changes hold from the next prompt on. */
@Component({
  selector: 'tandem-pair-parameters',
  imports: [Dialog, PairParity, ParameterSet, ParametersFoot, PartMissing],
  templateUrl: './pair-parameters.html',
  styleUrl: './pair-parameters.css',
})
export class PairParameters {
  readonly isOpen = model.required<boolean>();
  readonly settings = input.required<Settings>();

  private readonly sets = viewChildren(ParameterSet);
  /** The names of the values that are not valid: they are not in force. */
  readonly faults = computed(() => this.sets().flatMap((set) => set.faults()));
  protected readonly shown = computed(() => (this.settings().isLinked() ? SIDES.slice(0, 1) : SIDES));
  protected readonly differences = computed(() => {
    const [left, right] = this.settings().each();
    return left && right ? sayDifferences(left, right) : [];
  });

  protected reset(): void {
    for (const { id } of SIDES) this.settings().change(id, { parameters: STREAM_PARAMETERS, system: '' });
    for (const set of this.sets()) set.reset();
  }

  /** What is not valid stays, and is said: it is not in force. */
  protected close(): void {
    if (this.faults().length === 0) this.isOpen.set(false);
    else
      this.sets()
        .find((set) => set.faults().length > 0)
        ?.focusFault();
  }
}
