import { computed, inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { CatalogueStore, CheckpointStore, HealthStore } from '@tandem/web/data-access';
import { type Models } from './picker/model-options';

/** Every model with what it is and how it is, put together of the three stores that hear of it. */
@Service()
export class ModelsStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly health = inject(HealthStore);
  private readonly checkpoints = inject(CheckpointStore);
  private readonly router = inject(Router);

  readonly models = computed<Models>(() => ({
    cards: this.catalogue.cards(),
    reports: this.health.reports(),
    statuses: this.checkpoints.statuses(),
    checkpointOf: (card) => this.catalogue.checkpointOf(card),
  }));

  /** Loads the list and follows what changes, as long as the page lives. The first page takes the list that came with its frame. */
  follow(): void {
    if (this.router.navigated || this.catalogue.state().kind !== 'ready') void this.catalogue.load();
    this.health.follow();
    this.checkpoints.follow();
  }
}
