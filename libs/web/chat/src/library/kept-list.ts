import { signal } from '@angular/core';

/**
 * A short list of a person's own things that outlives the page, the same in every tab of this browser. Where the browser
 * does not take it, it lasts as long as the page, and `isKept` tells so. Listens as long as the page lives.
 */
export class KeptList<T extends { readonly id: string }> {
  private readonly _items = signal<readonly T[]>([]);
  private readonly _isKept = signal(true);

  readonly items = this._items.asReadonly();
  readonly isKept = this._isKept.asReadonly();

  /** What `isSound` does not know is left out of what is read: a later release may have written it. */
  constructor(
    private readonly key: string,
    private readonly isSound: (value: unknown) => value is T,
  ) {
    this._items.set(this.read());
    addEventListener('storage', ({ key: changed }) => {
      if (changed === key || changed === null) this._items.set(this.read());
    });
  }

  /** In the place of the one with its id, else as the last. */
  put(item: T): void {
    const isThere = this._items().some(({ id }) => id === item.id);
    this.write(isThere ? this._items().map((known) => (known.id === item.id ? item : known)) : [...this._items(), item]);
  }

  /** Gives the way to put it back where it was. */
  remove(id: string): () => void {
    const before = this._items();
    const at = before.findIndex((item) => item.id === id);
    const item = before[at];
    this.write(before.filter((known) => known.id !== id));
    return () => {
      if (item && !this._items().some((known) => known.id === id)) this.write(this._items().toSpliced(at, 0, item));
    };
  }

  private write(items: readonly T[]): void {
    this._items.set(items);
    try {
      localStorage.setItem(this.key, JSON.stringify(items));
      this._isKept.set(true);
    } catch {
      this._isKept.set(false);
    }
  }

  private read(): readonly T[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(this.isSound) : [];
    } catch {
      return [];
    }
  }
}
