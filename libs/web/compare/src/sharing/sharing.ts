import { computed, inject, Service, signal } from '@angular/core';
import { CatalogueStore, ConfigStore, HealthStore, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { KeptComparisons } from '@tandem/web/data-access/kept';
import { CompareStore } from '../compare-store';
import { ComparisonArchive } from '../history/comparison-archive';
import { isVeiled } from '../blind/blind-turn';
import { hasEnded } from '../turn/go-on';
import { contentOf, pairOf } from './content-of';
import { isCrossed } from './is-crossed';
import { copiedTurn, KeptCopies, placesOf } from './kept-copies';

/** The comparison of the page on the server: whether it is kept there, as what, and the way to keep it. */
@Service()
export class Sharing {
  private readonly store = inject(CompareStore);
  private readonly archive = inject(ComparisonArchive);
  private readonly catalogue = inject(CatalogueStore);
  private readonly config = inject(ConfigStore);
  private readonly health = inject(HealthStore);
  private readonly kept = inject(KeptComparisons);
  private readonly known = inject(KeptCopies);
  private readonly _isKeeping = signal(false);
  private readonly _fault = signal<RunFault | undefined>(undefined);

  readonly isKeeping = this._isKeeping.asReadonly();
  /** Why it was not kept, or will not be. */
  readonly fault = this._fault.asReadonly();
  readonly copies = computed(() => this.known.of(this.store.id()));
  readonly latest = computed(() => this.copies().at(-1));
  /** How many turns are not on the server as they are here. */
  readonly behind = computed(() => {
    const latest = this.latest();
    return latest ? this.store.turns().filter((turn) => placesOf([latest], turn).length === 0).length : this.store.turns().length;
  });
  readonly word = computed(() => (this.latest() === undefined ? 'Keep' : this.behind() > 0 ? 'Keep again' : 'Kept'));
  /** Why it cannot be kept now; empty where it can. */
  readonly obstacle = computed(() => {
    if (this.store.turns().length === 0) return 'There is nothing to keep yet: ask something first.';
    if (!this.store.turns().every(hasEnded)) return 'An answer is being made: wait for its end, or stop it.';
    if (this.store.turns().some(isVeiled)) return 'Vote on the blind turn first: what is kept says who answered.';
    return '';
  });

  /** Who answered last, from left to right. */
  readonly pair = computed(() =>
    pairOf(
      this.store.turns(),
      this.store.panes.map((pane) => pane.modelId() ?? ''),
    ),
  );
  /** Whether the derivative of the pair stands on the left. */
  readonly isCrossed = computed(() => {
    const [left, right] = this.pair();
    return isCrossed(this.catalogue.byId().get(left), this.catalogue.byId().get(right));
  });

  /** Whether the server can keep anything, for who is about to ask. */
  async look(): Promise<void> {
    this._fault.set(undefined);
    try {
      const { state, reason } = await this.kept.status();
      if (state === 'off')
        this._fault.set({ code: 'store_unavailable', message: `The server can keep nothing now: ${reason ?? 'its log says why'}.`, retryable: true });
    } catch (failure) {
      this.fail(failure);
    }
  }

  /** Gives the id under which the server keeps it; undefined where it does not, and `fault` says why. */
  async keep(): Promise<string | undefined> {
    if (this.obstacle() !== '' || this._isKeeping()) return undefined;
    const [id, turns, crossed] = [this.store.id(), this.store.turns(), this.isCrossed()];
    const named = this.archive.list().find((each) => each.id === id && each.isNamed);
    this._isKeeping.set(true);
    this._fault.set(undefined);
    try {
      const content = contentOf({
        // without a name it is called by its first prompt there as well
        title: named?.title ?? '',
        turns,
        models: this.pair(),
        isCrossed: crossed,
        configVersion: this.config.status()?.version ?? null,
        identityOf: (model) => this.health.reports().get(model)?.identity ?? null,
      });
      const { id: kept, baseline, derivative } = await this.kept.add(content);
      this.known.add(id, { id: kept, baseline, derivative, turns: turns.map((turn) => copiedTurn(turn, crossed)) });
      return kept;
    } catch (failure) {
      this.fail(failure);
      return undefined;
    } finally {
      this._isKeeping.set(false);
    }
  }

  private fail(failure: unknown): void {
    this._fault.set(failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER);
  }
}

/** Where a kept comparison is read, from anywhere. */
export function permalinkOf(id: string): string {
  return new URL(`comparisons/${id}`, document.baseURI).href;
}
