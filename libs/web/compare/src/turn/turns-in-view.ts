import { type Signal } from '@angular/core';
import { type TurnView } from './turn-view';

/** The comparison whose turns are on the page: the one that is being made, or one that is kept. */
export abstract class TurnsInView {
  abstract readonly turns: Signal<readonly TurnView[]>;

  /** Two other models are to be compared. */
  abstract compare(baseline: string, derivative: string): void;
}
