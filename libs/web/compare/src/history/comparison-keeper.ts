import { computed, effect, inject, Service, untracked } from '@angular/core';
import { CatalogueStore } from '@tandem/web/data-access';
import { Undo } from '@tandem/web/design';
import { CompareStore } from '../compare-store';
import { ComparisonArchive } from './comparison-archive';
import { type ComparisonRecord, describeTurns } from './comparison-record';

/** Keeps the comparison of the page in the browser's history, turn by turn, and brings others onto the page. */
@Service()
export class ComparisonKeeper {
  private readonly store = inject(CompareStore);
  private readonly archive = inject(ComparisonArchive);
  private readonly catalogue = inject(CatalogueStore);
  private readonly undo = inject(Undo);

  /** What is worth keeping anew when it changes. */
  private readonly turningPoints = computed(() => [
    this.store.turningPoints(),
    this.store.turns().map(({ id, goOn, measured }) => ({ id, goOn, measured: measured.length })),
  ]);

  /** Begins to keep; for as long as the page lives. */
  constructor() {
    effect(() => {
      this.turningPoints();
      untracked(() => void this.keep());
    });
  }

  async show(id: string): Promise<void> {
    const record = await this.archive.get(id);
    if (record) this.store.show(record);
  }

  async remove(id: string): Promise<void> {
    const isShown = id === this.store.id();
    if (isShown) this.store.leave();
    const removed = await this.archive.remove(id);
    if (!removed) return;
    this.undo.give({
      words: `“${removed.title || 'Untitled'}” deleted`,
      undo: async () => {
        await this.archive.save(removed);
        if (isShown) this.store.show(removed);
      },
    });
  }

  private async keep(): Promise<void> {
    const kept = this.store.keep();
    if (kept.turns.length === 0) return;
    const models = this.store.panes.map((pane) => pane.modelId());
    const record: ComparisonRecord = {
      ...kept,
      ...describeTurns(kept),
      models,
      modelTitles: models.map((model) => this.catalogue.byId().get(model ?? '')?.title ?? model ?? ''),
      settings: this.store.settings.each(),
      isNamed: false,
    };
    await this.archive.save(record);
  }
}
