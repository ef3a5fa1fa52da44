import { signal, type Signal, type WritableSignal } from '@angular/core';

/**
 * One of a few choices, kept in this browser: it outlives the page, and another tab that changes it changes it here. Without
 * storage it lasts as long as the page.
 */
export class StoredChoice<T extends string> {
  private readonly chosen: WritableSignal<T>;
  readonly value: Signal<T>;

  /** @param fallback what holds until something is chosen, and in place of what is no choice */
  constructor(
    private readonly key: string,
    private readonly choices: readonly T[],
    private readonly fallback: T,
  ) {
    this.chosen = signal(this.read());
    this.value = this.chosen.asReadonly();
    addEventListener('storage', ({ key }) => {
      // null: everything was cleared
      if (key === this.key || key === null) this.chosen.set(this.read());
    });
  }

  choose(choice: T): void {
    this.chosen.set(choice);
    try {
      localStorage.setItem(this.key, choice);
    } catch {
      // full or forbidden
    }
  }

  private read(): T {
    try {
      const stored = localStorage.getItem(this.key);
      return this.choices.find((choice) => choice === stored) ?? this.fallback;
    } catch {
      return this.fallback;
    }
  }
}
