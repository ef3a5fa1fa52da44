import { inject } from '@angular/core';
import { CompareStore } from '../compare-store';
import { TurnsInView } from '../turn/turns-in-view';

/** The comparison of the page: one that is kept, where its page says so, else the one that is being made. */
export function injectTurns(): TurnsInView {
  return inject(TurnsInView, { optional: true }) ?? inject(CompareStore);
}
