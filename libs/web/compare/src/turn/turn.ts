import { computed, type Signal, signal } from '@angular/core';
import { type BlindTurn } from '../blind/blind-turn';
import { type Measured } from '../repeat/measured';
import { type SideId } from '../side/sides';
import { type View } from '../views/view';
import { type GoOn, type SideAnswer, type TurnView } from './turn-view';

/** A prompt of the comparison and what was decided of it; its answers belong to the panes. */
export class Turn {
  readonly goOn = signal<GoOn | undefined>(undefined);
  readonly measured = signal<readonly Measured[]>([]);
  readonly shownAs = signal<View | undefined>(undefined);
  readonly blind = signal<BlindTurn | undefined>(undefined);
  /** The same object as long as nothing of it changes. */
  readonly view: Signal<TurnView>;

  constructor(
    readonly id: string,
    readonly prompt: string,
    readonly askedAtMs: number,
    answersTo: (turn: string) => readonly SideAnswer[],
  ) {
    const answers = computed(() => answersTo(id), { equal: isSameList });
    this.view = computed(() => ({
      ...{ id, prompt, askedAtMs, answers: answers(), goOn: this.goOn(), measured: this.measured(), view: this.shownAs() },
      ...(this.blind() ? { blind: this.blind() } : {}),
    }));
  }

  /** Where the sides change places. */
  exchange(one: SideId, other: SideId): void {
    const swapped = (side: SideId): SideId => (side === one ? other : side === other ? one : side);
    this.goOn.update((goOn) => (goOn?.kind === 'one' ? { ...goOn, side: swapped(goOn.side) } : goOn));
    this.measured.update((all) => all.map((each) => ({ ...each, side: swapped(each.side) })));
  }
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
