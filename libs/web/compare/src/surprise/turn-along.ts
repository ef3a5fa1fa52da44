import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { type KnownSeries, type ModelEntry } from '@tandem/shared/contracts';
import { CatalogueStore } from '@tandem/web/data-access';
import { Button, Dialog } from '@tandem/web/design';
import { AlongPanel, KnownSeriesStore, mayStandInSeries, seriesOf, type TextOnOffer } from '@tandem/web/scores';
import { type TurnView } from '../turn/turn-view';
import { injectTurns } from './inject-turns';
import { SurpriseSource } from './surprise-source';

/** Where a model of a turn has an adapter, or is one of a series: how far each step of the way is from the baseline. */
@Component({
  selector: 'tandem-turn-along',
  imports: [AlongPanel, Button, Dialog],
  template: `
    @if (series().length > 0) {
      <button tandemButton look="outlined" (click)="isOpen.set(true)">Along the way</button>
      <tandem-dialog heading="Along the way" [(isOpen)]="isOpen">
        @if (isOpen()) {
          <tandem-along-panel [series]="series()" [texts]="texts()" (open)="compare($event.baseline, $event.derivative)" (add)="add($event)" />
        }
      </tandem-dialog>
    }
  `,
})
export class TurnAlong {
  readonly turn = input.required<TurnView>();

  private readonly inView = injectTurns();
  private readonly known = inject(KnownSeriesStore);
  private readonly source = inject(SurpriseSource);
  private readonly catalogue = inject(CatalogueStore);
  private readonly router = inject(Router);
  protected readonly isOpen = signal(false);
  protected readonly series = computed(() =>
    seriesOf(
      this.known.series(),
      this.turn().answers.map(({ model: asked }) => asked),
    ),
  );
  /** The derivative's first. */
  protected readonly texts = computed(() =>
    this.source
      .answersOf(this.turn())
      .toReversed()
      .flatMap(({ side, task }): readonly TextOnOffer[] => (task ? [{ name: `${this.source.names[side]}’s answer`, ...task }] : [])),
  );

  private readonly mayBe = computed(() => Object.values(this.source.sidesOf(this.turn())).some(({ option }) => mayStandInSeries(option)));

  constructor() {
    effect(() => {
      if (this.mayBe()) void this.known.load();
    });
  }

  /** Has the Models page write down a model at that scale, to come back with it. */
  protected add({ series: { name, baseline, adapter }, scale }: { readonly series: KnownSeries; readonly scale: number }): void {
    if (!adapter) return;
    const card = this.catalogue.byId().get(name);
    const entry: ModelEntry = {
      ...{ name: `${card?.title ?? name} at ${scale}`, endpoint: adapter.endpoint, adapter: { file: adapter.file, scale } },
      ...(card?.baseline_id ? { baseline_id: card.baseline_id } : {}),
    };
    void this.router.navigate(['/models'], { state: { add: { side: 'twodelta', entry, compareWith: baseline.model } } });
  }

  protected compare(baseline: string, derivative: string): void {
    this.isOpen.set(false);
    // an adapter's way begins at its own weights, which are no model that could be asked beside it
    const [asked] = this.turn().answers;
    this.inView.compare(baseline === derivative ? (asked?.model ?? baseline) : baseline, derivative);
  }
}
