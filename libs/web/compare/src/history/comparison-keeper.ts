import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { CatalogueStore, Latest } from '@tandem/web/data-access';
import { Undo } from '@tandem/web/design';
import { isOngoing, newId } from '@tandem/web/run';
import { CompareStore } from '../compare-store';
import { ComparisonArchive } from './comparison-archive';
import { type ComparisonRecord, describeTurns } from './comparison-record';
import { covers } from './covers';

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
    this.store.turns().map(({ id, goOn, measured, blind }) => ({ id, goOn, measured: measured.length, blind })),
  ]);

  private readonly _notice = signal('');
  private saving: Promise<void> = Promise.resolve();
  private readonly showing = new Latest();

  /** What became of the comparison, where another page has gone on with it; else empty. */
  readonly notice = this._notice.asReadonly();

  /** Begins to keep; for as long as the page lives. */
  constructor() {
    effect(() => {
      this.turningPoints();
      untracked(() => this.keep());
    });
    this.archive.listen((id) => void this.hear(id));
  }

  /** Nothing where another one was asked for, or begun, while it was read. */
  async show(id: string): Promise<void> {
    const shown = this.store.id();
    const isLatest = this.showing.begin();
    const record = await this.archive.get(id);
    if (!record || !isLatest() || this.store.id() !== shown) return;
    this._notice.set('');
    this.store.show(record);
  }

  /** Another page changed a comparison: where nothing of this page's own is in the way, it goes on with that. */
  async hear(id: string): Promise<void> {
    if (id !== this.store.id()) return;
    const record = await this.archive.get(id);
    // another comparison may be on the page by now
    if (record && id === this.store.id()) this.takeOver(record);
  }

  /** Waits until all that is to be kept by now is. */
  async untilKept(): Promise<void> {
    await this.saving;
  }

  async remove(id: string): Promise<void> {
    const isShown = id === this.store.id();
    if (isShown) this.store.leave();
    // what is still being written would bring it back
    await this.untilKept();
    const removed = await this.archive.remove(id);
    if (!removed) return;
    this.undo.give({
      words: `“${removed.title || 'Untitled'}” deleted`,
      undo: async () => {
        const saved = await this.archive.save(removed);
        if (isShown) this.store.show('written' in saved ? saved.written : saved.newer);
      },
    });
  }

  /** One after the other: each write knows the one before. */
  private keep(): void {
    const save = (): Promise<void> => this.save();
    this.saving = this.saving.then(save, save);
  }

  private async save(): Promise<void> {
    const record = this.record();
    if (record.turns.length === 0) return;
    const saved = await this.archive.save(record);
    // another comparison may be on the page by now
    if (record.id !== this.store.id()) return;
    if ('written' in saved) this.store.name(record.id, saved.written.revision);
    else if (!covers(saved.newer.turns, this.store.keep().turns)) this.keepAsCopy();
    else this.takeOver(saved.newer);
  }

  /** Unless something runs here, which taking over would end, or there, which would be followed twice: either ends, and then it is looked at again. */
  private takeOver(newer: ComparisonRecord): void {
    const own = this.store.keep();
    const isMade = newer.turns.some(({ answers }) => answers.some(({ answer }) => isOngoing(answer.state)));
    if ((newer.revision ?? 0) === own.revision || isMade || this.store.isRunning() || !covers(newer.turns, own.turns)) return;
    this.store.take(newer);
  }

  private keepAsCopy(): void {
    this.store.name(newId());
    this._notice.set('Another tab has gone on with this comparison. What is asked here is kept as a comparison of its own.');
    this.keep();
  }

  private record(): ComparisonRecord {
    const kept = this.store.keep();
    const models = this.store.panes.map((pane) => pane.modelId());
    return {
      ...kept,
      ...describeTurns(kept),
      models,
      modelTitles: models.map((model) => this.catalogue.byId().get(model ?? '')?.title ?? model ?? ''),
      settings: this.store.settings.each(),
      isNamed: false,
    };
  }
}
