import type { BlindChoice, Timings, VoteChoice } from '@tandem/shared/contracts';
import type { KeptBlind, Outcome, Side } from './kept-blinds';

type OfBoth<Value> = Readonly<Record<'left' | 'right', Value>>;

/** What a vote brings to light. */
export interface Reveal {
  readonly choice: BlindChoice;
  /** The same, by the side that it was for. */
  readonly vote: VoteChoice;
  readonly sides: OfBoth<Side>;
  readonly models: OfBoth<string>;
  readonly timings: OfBoth<Timings | null>;
  readonly outcomes: OfBoth<Omit<Outcome, 'timings'> | null>;
}

/** Which side a choice is for. */
export function sideOf(choice: BlindChoice, left: Side): VoteChoice {
  if (choice === 'left') return left;
  return choice === 'right' ? otherThan(left) : choice;
}

export function revealOf({ left, outcomes, ...models }: KeptBlind, choice: BlindChoice): Reveal {
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

function otherThan(side: Side): Side {
  return side === 'baseline' ? 'derivative' : 'baseline';
}

function withoutTimings(outcome: Outcome | undefined): Omit<Outcome, 'timings'> | null {
  if (outcome === undefined) return null;
  const { usage, error, ignored_parameters, seed } = outcome;
  return { usage, error, ignored_parameters, seed };
}
