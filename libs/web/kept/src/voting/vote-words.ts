import { type BlindChoice, type VoteChoice } from '@tandem/shared/contracts';

/** A choice as its button names it, and the key that makes it. */
export interface VoteButton {
  readonly value: BlindChoice;
  readonly key: string;
  readonly word: string;
  readonly title: string;
}

/** In the order of the buttons. */
export const VOTE_BUTTONS: readonly VoteButton[] = [
  { value: 'left', key: '1', word: 'left', title: 'The left answer is better' },
  { value: 'right', key: '2', word: 'right', title: 'The right answer is better' },
  { value: 'tie', key: '0', word: 'tie', title: 'Both are equally good' },
  { value: 'both_bad', key: '9', word: 'both bad', title: 'Neither is any good' },
];

export function choiceOfKey(key: string): BlindChoice | undefined {
  return VOTE_BUTTONS.find((each) => each.key === key)?.value;
}

/** A choice by place as the vote that counts. `isCrossed`: the derivative stands on the left. */
export function voteOf(choice: BlindChoice, isCrossed: boolean): VoteChoice {
  if (choice === 'left') return isCrossed ? 'derivative' : 'baseline';
  if (choice === 'right') return isCrossed ? 'baseline' : 'derivative';
  return choice;
}

/** The way back. */
export function choiceOf(vote: VoteChoice, isCrossed: boolean): BlindChoice {
  if (vote === 'baseline') return isCrossed ? 'right' : 'left';
  if (vote === 'derivative') return isCrossed ? 'left' : 'right';
  return vote;
}
