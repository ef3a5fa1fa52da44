import type { BlindChoice, BlindOutcome, BlindReveal, PairSide, VoteChoice } from '@tandem/shared/contracts';
import type { KeptBlind, Outcome } from './kept-blinds';

/** Which side a choice is for. */
export function sideOf(choice: BlindChoice, left: PairSide): VoteChoice {
  if (choice === 'left') return left;
  return choice === 'right' ? otherThan(left) : choice;
}

export function revealOf({ left, outcomes, ...models }: KeptBlind, choice: BlindChoice): BlindReveal {
  const right = otherThan(left);
  const [one, other] = [outcomes?.[left], outcomes?.[right]];
  return {
    choice,
    vote: sideOf(choice, left),
    sides: { left, right },
    models: { left: models[left], right: models[right] },
    timings: { left: one?.timings ?? null, right: other?.timings ?? null },
    outcomes: { left: withoutTimings(one), right: withoutTimings(other) },
  };
}

function otherThan(side: PairSide): PairSide {
  return side === 'baseline' ? 'derivative' : 'baseline';
}

function withoutTimings(outcome: Outcome | undefined): BlindOutcome | null {
  if (outcome === undefined) return null;
  const { usage, error, ignored_parameters, seed } = outcome;
  return { usage, error, ignored_parameters, seed };
}
