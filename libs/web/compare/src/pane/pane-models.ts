import { computed, inject, Service, signal } from '@angular/core';
import { CatalogueStore, HealthStore } from '@tandem/web/data-access';
import { type ModelOption, ModelsStore, sayConversionsAhead, toOption } from '@tandem/web/model-status';
import { CompareStore } from '../compare-store';
import { changedModelWarning, missingModelWarning, sameModelWarning, type SeenModel, seen } from '../identity';
import { type SideId, SIDES } from '../side/sides';
import { type ModelFact, modelFacts } from './model-facts';

/** A side's model, as its pane shows it. */
export interface ChosenModel {
  readonly option: ModelOption;
  readonly facts: readonly ModelFact[];
}

/** Who stands on the sides, and what of it makes the comparison worth nothing. Lists go from left to right. */
@Service()
export class PaneModels {
  private readonly catalogue = inject(CatalogueStore);
  private readonly health = inject(HealthStore);
  private readonly all = inject(ModelsStore);
  private readonly store = inject(CompareStore);

  /** Each side's model as it is, and as it was when it was asked last. */
  private readonly seen = computed(() => this.store.panes.map((pane) => this.see(pane.modelId())));
  private readonly asked = signal<readonly (SeenModel | undefined)[]>([]);

  readonly chosen = computed<readonly (ChosenModel | undefined)[]>(() =>
    this.store.panes.map((pane, at) => {
      const card = this.catalogue.byId().get(pane.modelId() ?? '');
      if (!card) return undefined;
      const option = toOption(card, this.all.models());
      return { option, facts: modelFacts(option, this.seen()[at]?.identity ?? null, this.catalogue.byId()) };
    }),
  );
  /** Those that a link names and that are not there. */
  readonly missing = computed(() => this.store.panes.map((pane) => missingModelWarning(pane.side.name, pane.modelId(), this.catalogue.byId())));
  readonly warnings = computed(() => {
    const [now, before] = [this.seen(), this.asked()];
    return [...this.missing(), sameModelWarning(now[0], now[1]), ...SIDES.map(({ name }, at) => changedModelWarning(name, before[at], now[at]))].filter(
      Boolean,
    );
  });
  /** Whether both are the models that came with Tandem. */
  readonly isDemoPair = computed(() => this.chosen().every((chosen) => chosen?.option.card.is_demo));
  /** What happens first, when these models are asked. */
  readonly ahead = computed(() => sayConversionsAhead(this.chosen().flatMap((chosen) => chosen?.option ?? [])));

  /** The title of a model, where that is not the one that the side's pane names; else empty. */
  by(side: SideId, model: string): string {
    if (model === '' || model === this.store.pane(side).modelId()) return '';
    return this.catalogue.byId().get(model)?.title ?? model;
  }

  /** The models are asked now: what they turn into from here on is told. */
  note(): void {
    this.asked.set(this.seen());
  }

  private see(model: string | null): SeenModel | undefined {
    return seen(this.catalogue.byId().get(model ?? ''), this.health.reports().get(model ?? ''));
  }
}
