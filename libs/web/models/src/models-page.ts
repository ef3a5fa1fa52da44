import { Component, computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, type Navigation, Router, RouterLink } from '@angular/router';
import { Clock, type GroupedCard, groupByPair, ModelsStore, sayAgo, Unreachable } from '@tandem/web/model-status';
import type { ModelRole } from '@tandem/shared/contracts';
import { CatalogueStore, CheckpointStore, HealthStore } from '@tandem/web/data-access';
import { Button, ConfirmDialog, Icon, ProgressBar, StatusMark } from '@tandem/web/design';
import { AddModel } from './add/add-model';
import { type ModelBegun } from './add/model-form';
import { MemoryBar } from './memory-bar';
import { ModelDetail } from './detail/model-detail';
import { groupRows, type ModelAction, type ModelRow, toRow } from './model-row';

/** Rows grow with what is wrong with their models: they wait for it so long, in milliseconds, and then no longer. */
const SETTLE_MS = 500;

const ROLE_WORDS: Readonly<Record<ModelRole, string>> = { baseline: 'Baseline', twodelta: 'Two Delta', local: '' };

const ACTION_WORDS: Readonly<Record<ModelAction, string>> = { load: 'Load', cancel: 'Cancel', unload: 'Unload', check: 'Check now' };

/** Every model with what it is, how it is, and what can be done with it. */
@Component({
  selector: 'tandem-models-page',
  imports: [AddModel, Button, ConfirmDialog, Icon, MemoryBar, ModelDetail, ProgressBar, RouterLink, StatusMark, Unreachable],
  templateUrl: './models-page.html',
  styleUrl: './models-page.css',
  host: { class: 'page-scroller' },
})
export class ModelsPage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  protected readonly checkpoints = inject(CheckpointStore);
  private readonly health = inject(HealthStore);

  private readonly router = inject(Router);
  private readonly asked = toSignal(inject(ActivatedRoute).queryParamMap);

  protected readonly actionWords = ACTION_WORDS;
  protected readonly roleWords = ROLE_WORDS;
  protected readonly query = signal('');
  /** Why the last thing a person asked of a model was refused, by its id. */
  protected readonly refusals = signal<ReadonlyMap<string, string>>(new Map());
  /** What would end answers, and waits for a second word. */
  protected readonly unloading = signal<ModelRow | undefined>(undefined);
  protected readonly isAsking = signal(false);
  /** What another page wants to be added, until that is done or left. */
  protected readonly wanted = signal(wantedOf(this.router.currentNavigation()));
  protected readonly isAdding = signal(this.wanted() !== undefined);
  protected readonly announcement = signal('');
  protected readonly nowMs = inject(Clock).nowMs;

  protected readonly known = this.all.models;
  protected readonly groups = computed(() => groupRows(this.known(), this.query(), this.nowMs()));
  private readonly hasWaited = signal(false);
  /** Whether all rows are as high as they will be. */
  protected readonly isSettled = computed(() => {
    const { cards, reports } = this.known();
    return this.catalogue.state().kind === 'ready' && (this.hasWaited() || cards.every(({ id }) => reports.has(id)));
  });
  /** The model that the address asks for, by id; a checkpoint's row may be that of its configured model. */
  private readonly detailId = computed(() => this.asked()?.get('model') ?? '');
  private readonly members = computed(() => groupByPair(this.known().cards).flatMap(({ members }) => members));
  protected readonly detail = computed<GroupedCard | undefined>(() => {
    const id = this.detailId();
    return this.members().find(({ card, standsFor }) => card.id === id || standsFor.includes(id));
  });
  protected readonly unknown = computed(() => (this.detailId() !== '' && this.isSettled() && !this.detail() ? this.detailId() : ''));
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
    const timer = setTimeout(() => this.hasWaited.set(true), SETTLE_MS);
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
    let before = new Map<string, string>();
    effect(() => {
      const now = this.spoken();
      const changed = [...now].filter(([title, state]) => before.has(title) && before.get(title) !== state);
      before = now;
      if (changed.length > 0) untracked(() => this.announcement.set(changed.map(([title, state]) => `${title}: ${state}`).join(', ')));
    });
  }

  /** Undefined shows none. */
  protected show(id: string | undefined): void {
    void this.router.navigate([], { queryParams: { model: id ?? null }, queryParamsHandling: 'merge' });
  }

  protected onAdded(id: string): void {
    const wanted = this.wanted();
    if (wanted) void this.router.navigate(['/'], { queryParams: { baseline: wanted.compareWith, twodelta: id } });
    else this.show(id);
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

/** A model that is to be compared with another one once it is there. */
interface WantedModel extends ModelBegun {
  readonly compareWith: string;
}

/** Coming back to this page by the browser's own buttons asks for nothing anew. */
function wantedOf(navigation: Navigation | null): WantedModel | undefined {
  return navigation?.trigger === 'imperative' ? (navigation.extras.state?.['add'] as WantedModel | undefined) : undefined;
}

function sayWithoutProgress({ coming, state }: ModelRow): string {
  return coming?.what ?? state;
}
