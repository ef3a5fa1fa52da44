import { Component, computed, effect, inject, signal } from '@angular/core';
import { type RankedModel } from '@tandem/shared/contracts';
import { CatalogueStore } from '@tandem/web/data-access';
import { Votes } from '@tandem/web/data-access/kept';
import { Choices } from '@tandem/web/design';
import { COUNTED, type Counted } from '../summary/all-or-blind';

/** Two models are told by their own votes: a ranking says something from three on. */
const FEWEST = 3;

/** All models by the votes on pairs of them, the strongest first. Nothing where there are too few to be ranked. */
@Component({
  selector: 'tandem-ranking',
  imports: [Choices],
  templateUrl: './ranking.html',
  styleUrl: './ranking.css',
})
export class Ranking {
  private readonly catalogue = inject(CatalogueStore);

  protected readonly choices = COUNTED;
  protected readonly counted = signal<Counted>('all');
  private readonly models = signal<readonly RankedModel[]>([]);
  private readonly isWorthShowing = signal(false);
  protected readonly rows = computed(() => (this.isWorthShowing() ? this.models() : []));
  protected readonly isShown = this.isWorthShowing.asReadonly();

  constructor() {
    const votes = inject(Votes);
    effect((onCleanup) => {
      let isWanted = true;
      onCleanup(() => (isWanted = false));
      votes
        .ranking(this.counted() === 'blind')
        .then((models) => isWanted && this.take(models))
        .catch(() => isWanted && this.models.set([]));
    });
  }

  /** A dash where the votes do not say. */
  protected sayStrength(strength: number | null): string {
    return strength?.toFixed(2).replace('-', '−') ?? '–';
  }

  protected titleOf(model: string): string {
    return this.catalogue.byId().get(model)?.title ?? model;
  }

  /** It stays once it is there, also where fewer were voted on blind. */
  private take(models: readonly RankedModel[]): void {
    this.models.set(models);
    if (models.length >= FEWEST) this.isWorthShowing.set(true);
  }
}
