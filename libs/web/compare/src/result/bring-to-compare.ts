import { type Injector } from '@angular/core';
import { type Comparison } from '@tandem/shared/contracts';
import { newId } from '@tandem/web/run';
import { CompareStore } from '../compare-store';
import { copiedTurn, KeptCopies } from '../sharing/kept-copies';
import { type TurnView } from '../turn/turn-view';
import { settingsOf } from './turns-of';

/** Puts a kept comparison on the page where it is gone on with. Gives why it cannot; empty where it did. */
export function bringToCompare(injector: Injector, comparison: Comparison, turns: readonly TurnView[]): string {
  const store = injector.get(CompareStore);
  if (store.isRunning()) return 'On Compare an answer is being made: wait for its end, or stop it.';
  const id = newId();
  const { baseline, derivative } = comparison;
  store.open('');
  injector.get(KeptCopies).add(id, { id: comparison.id, baseline, derivative, turns: turns.map((turn) => copiedTurn(turn, false)) });
  store.show({
    id,
    models: [baseline, derivative],
    settings: [settingsOf(comparison, 'baseline'), settingsOf(comparison, 'derivative')],
    turns: turns.map((turn) => ({ ...turn, answers: turn.answers.map((answer) => ({ ...answer, position: null })) })),
  });
  return '';
}
