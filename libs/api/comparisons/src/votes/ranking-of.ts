import type { RankedModel, VoteChoice } from '@tandem/shared/contracts';
import { bradleyTerry, type PairVotes } from '@tandem/shared/measures';

export interface CountedVotes {
  readonly baseline: string;
  readonly derivative: string;
  readonly choice: VoteChoice;
  readonly count: number;
}

/** Models by the votes on all pairs of them, the strongest first; without strengths, by the share that they won. */
export function rankingOf(votes: readonly CountedVotes[]): readonly RankedModel[] {
  const pairs = votes.map(pairOf);
  const strengths = bradleyTerry(pairs);
  const models = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
  const ranked = models.map((model): RankedModel => {
    const tally = { wins: 0, losses: 0, ties: 0 };
    for (const { one, other, wins, losses, ties } of pairs) {
      if (one === other || (one !== model && other !== model)) continue;
      tally.wins += one === model ? wins : losses;
      tally.losses += one === model ? losses : wins;
      tally.ties += ties;
    }
    return { model, strength: strengths?.get(model) ?? null, ...tally };
  });
  return ranked.sort((one, other) => valueOf(other) - valueOf(one) || (one.model < other.model ? -1 : 1));
}

function pairOf({ baseline: one, derivative: other, choice, count }: CountedVotes): PairVotes {
  const of = (wanted: VoteChoice): number => (choice === wanted ? count : 0);
  return { one, other, wins: of('baseline'), losses: of('derivative'), ties: of('tie') + of('both_bad') };
}

function valueOf({ strength, wins, losses, ties }: RankedModel): number {
  return strength ?? (wins + ties / 2) / Math.max(1, wins + losses + ties);
}
