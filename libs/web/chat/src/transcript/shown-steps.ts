import { computed, linkedSignal, type Signal, untracked } from '@angular/core';
import { type PathStep } from '../tree/message-tree';
import { shownFrom } from './shown-from';

/** What of a branch is shown at once: its end, and as much before it as a person asked for. */
export class ShownSteps {
  /** How many of the first messages are left out until they are asked for. */
  private readonly leftOut = linkedSignal<string | undefined, number>({
    source: () => this.id(),
    computation: () => untracked(() => this.shownBefore(Infinity)),
  });
  readonly hidden = computed(() => Math.min(this.leftOut(), Math.max(0, this.path().length - 2)));
  readonly steps = computed(() => this.path().slice(this.hidden()));

  constructor(
    /** Of the conversation: another one begins with its end. */
    private readonly id: Signal<string | undefined>,
    private readonly path: Signal<readonly PathStep[]>,
  ) {}

  showEarlier(): void {
    this.leftOut.set(this.shownBefore(this.hidden()));
  }

  showAll(): void {
    this.leftOut.set(0);
  }

  private shownBefore(end: number): number {
    return shownFrom(this.path(), Math.min(end, this.path().length));
  }
}
