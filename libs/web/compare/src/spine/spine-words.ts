import { type ModelCard } from '@tandem/shared/contracts';
import { nameOfSide, SIDES } from '../side/sides';
import { brokenOf, hasEnded, isUndecided, sidesWithout } from '../turn/go-on';
import { type GoOn, type TurnView } from '../turn/turn-view';
import { isSameSettings } from '../settings/settings';
import { sayDifferences } from '../settings/differences';

/** A choice of what to go on from, as its button says it. */
export function sayChoice(choice: GoOn, turn: TurnView): string {
  switch (choice.kind) {
    case 'own':
      return brokenOf(turn).length > 0 ? 'What came' : 'Each its own';
    case 'one':
      return `${nameOfSide(choice.side)}’s answer`;
    case 'nothing':
      return 'Without this turn';
    default:
      return choice satisfies never;
  }
}

/** What a person is asked before the next prompt can go; empty where nothing is to be decided. */
export function sayQuestion(turn: TurnView): string {
  if (!isUndecided(turn)) return '';
  const names = brokenOf(turn).map(({ side }) => nameOfSide(side));
  return `${names.join(' and ')} did not answer to the end. Go on with`;
}

/** What stays worth knowing of a turn: what it was asked with, and whose histories have it. */
export function sayLasting(turn: TurnView): readonly string[] {
  return [sayUnlike(turn), ...sayHistories(turn)].filter((words) => words !== '');
}

/** Who was who in a blind turn, once that may be known; else empty. */
export function sayRevealed({ blind }: TurnView, cards: ReadonlyMap<string, ModelCard>): string {
  if (!blind?.reveal) return '';
  const [left, right] = [blind.reveal.left, blind.reveal.right].map((model) => cards.get(model)?.title ?? model);
  return `Asked blind, without what was said before. Left was ${left}, right was ${right}.`;
}

function sayUnlike({ answers: [left, right] }: TurnView): string {
  if (!left || !right || isSameSettings(left.settings, right.settings)) return '';
  return `Asked differently: ${sayDifferences(left.settings, right.settings).join(', ')}.`;
}

function sayHistories(turn: TurnView): readonly string[] {
  if (!hasEnded(turn) || isUndecided(turn)) return [];
  if (turn.goOn?.kind === 'nothing') return ['What follows goes on without this turn.'];
  if (turn.answers.every(({ answer }) => answer.text === '')) return ['Nothing came of this turn: what follows goes on without it.'];
  const broken = brokenOf(turn).filter(({ answer }) => answer.text !== '');
  const without = sidesWithout(turn).map(nameOfSide);
  return [
    turn.goOn?.kind === 'one' ? `${SIDES.length > 1 ? 'Both sides go' : 'It goes'} on from ${nameOfSide(turn.goOn.side)}’s answer.` : '',
    turn.goOn?.kind === 'own' && broken.length > 0 ? `${broken.map(({ side }) => nameOfSide(side)).join(' and ')} went on with what came.` : '',
    without.length > 0 ? `${without.join(' and ')} has no part in this turn: the histories of the sides differ.` : '',
  ];
}
