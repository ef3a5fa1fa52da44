import { signal, type Signal, type WritableSignal } from '@angular/core';
import { keepChoice, readChoice } from './read-choice';

/** One of a few choices, kept in this browser: it outlives the page, and another tab that changes it changes it here. */
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
    addEventListener('storage', ({ key: changed }) => {
      // null: everything was cleared
      if (changed === key || changed === null) this.chosen.set(this.read());
    });
  }

  choose(choice: T): void {
    this.chosen.set(choice);
    keepChoice(this.key, choice);
  }

  private read(): T {
    return readChoice(this.key, this.choices, this.fallback);
  }
}
