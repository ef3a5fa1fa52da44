import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Clock, ModelsStore, Unreachable } from '@tandem/web/model-status';
import { CatalogueStore, CheckpointStore, HealthStore } from '@tandem/web/data-access';
import { Button, Dialog, Icon, ProgressBar, StatusMark } from '@tandem/web/design';
import { MemoryBar } from './memory-bar';
import { groupRows, type ModelAction, type ModelRow, toRow } from './model-row';
import { sayAgo } from './say-ago';

/** From here on the table can be searched. */
const ROWS_TO_SEARCH = 8;

const ACTION_WORDS: Readonly<Record<ModelAction, string>> = { load: 'Load', cancel: 'Cancel', unload: 'Unload', check: 'Check now' };

/** Every model with what it is, how it is, and what can be done with it. */
@Component({
  selector: 'tandem-models-page',
  imports: [Button, Dialog, Icon, MemoryBar, ProgressBar, RouterLink, StatusMark, Unreachable],
  templateUrl: './models-page.html',
  styleUrl: './models-page.css',
})
export class ModelsPage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  protected readonly checkpoints = inject(CheckpointStore);
  private readonly health = inject(HealthStore);

  protected readonly actionWords = ACTION_WORDS;
  protected readonly query = signal('');
  /** Why the last thing a person asked of a model was refused, by its id. */
  protected readonly refusals = signal<ReadonlyMap<string, string>>(new Map());
  /** What would end answers, and waits for a second word. */
  protected readonly unloading = signal<ModelRow | undefined>(undefined);
  protected readonly isAsking = signal(false);
  protected readonly announcement = signal('');
  private readonly nowMs = inject(Clock).nowMs;

  private readonly known = this.all.models;
  protected readonly groups = computed(() => groupRows(this.known(), this.query(), this.nowMs()));
  protected readonly isSearchable = computed(() => this.catalogue.cards().length > ROWS_TO_SEARCH);
  protected readonly hasCheckpoints = computed(() => this.catalogue.cards().some(({ role }) => role === 'local'));
  protected readonly failure = computed(() => {
    const state = this.catalogue.state();
    return state.kind === 'failed' ? state.fault.message : undefined;
  });
  /** The state of each local model without its progress: what is worth saying aloud. */
  private readonly spoken = computed(() => {
    const known = this.known();
    return new Map(known.cards.filter(({ place }) => place === 'local').map((card) => [card.title, sayWithoutProgress(toRow(card, known, 0))]));
  });

  constructor() {
    this.all.follow();
    let before = new Map<string, string>();
    effect(() => {
      const now = this.spoken();
      const changed = [...now].filter(([title, state]) => before.has(title) && before.get(title) !== state);
      before = now;
      if (changed.length > 0) untracked(() => this.announcement.set(changed.map(([title, state]) => `${title}: ${state}`).join(', ')));
    });
  }

  protected ago(iso: string): string {
    return sayAgo(iso, this.nowMs());
  }

  protected async act(row: ModelRow, action: ModelAction): Promise<void> {
    this.refuse(row.id, undefined);
    switch (action) {
      case 'load':
        return this.refuse(row.id, await this.checkpoints.load(row.id));
      case 'cancel':
        return this.refuse(row.id, await this.checkpoints.cancel(row.id));
      case 'check':
        return this.health.check(row.id);
      case 'unload':
        return this.unload(row);
      default:
        return action satisfies never;
    }
  }

  private async unload(row: ModelRow): Promise<void> {
    const fault = row.generations === 0 ? await this.checkpoints.unload(row.id) : undefined;
    // an answer may have begun since the row was told
    const isAnswering = row.generations > 0 || fault?.code === 'conflict';
    if (!isAnswering) return this.refuse(row.id, fault);
    this.unloading.set(row);
    this.isAsking.set(true);
  }

  protected async unloadByForce(): Promise<void> {
    this.isAsking.set(false);
    const row = this.unloading();
    if (row) this.refuse(row.id, await this.checkpoints.unload(row.id, true));
  }

  private refuse(id: string, fault: { readonly message: string } | undefined): void {
    this.refusals.update((refusals) => {
      const next = new Map(refusals);
      if (fault) next.set(id, fault.message);
      else next.delete(id);
      return next;
    });
  }
}

function sayWithoutProgress({ coming, state }: ModelRow): string {
  return coming?.what ?? state;
}
