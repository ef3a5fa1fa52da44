import { computed, Service, signal } from '@angular/core';

export interface UndoOffer {
  /** What was done. */
  readonly words: string;
  readonly undo: () => Promise<void>;
  /** Called once it can no longer be taken back. */
  readonly lapsed?: () => void;
}

/** The last thing that can be taken back. A new one takes its place. */
@Service()
export class Undo {
  private readonly _offer = signal<UndoOffer | undefined>(undefined);
  readonly offer = this._offer.asReadonly();

  private readonly places = signal<readonly object[]>([]);
  /** Where it is offered: what opened last covers what was there before. */
  readonly place = computed(() => this.places().at(-1));

  /** Opens a place for the offer. Returns how to close it. */
  openPlace(place: object): () => void {
    this.places.update((places) => [...places, place]);
    return () => this.places.update((places) => places.filter((other) => other !== place));
  }

  give(offer: UndoOffer): void {
    this.withdraw();
    this._offer.set(offer);
  }

  async take(): Promise<void> {
    const offer = this._offer();
    this._offer.set(undefined);
    await offer?.undo();
  }

  withdraw(): void {
    const offer = this._offer();
    this._offer.set(undefined);
    offer?.lapsed?.();
  }
}
