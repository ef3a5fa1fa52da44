import { Service, signal } from '@angular/core';

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
