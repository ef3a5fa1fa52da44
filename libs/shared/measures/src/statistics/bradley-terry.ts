import { sumOf } from './sum';

/** What two models won against each other; a tie counts as half a win for both. */
export interface Encounter {
  readonly one: string;
  readonly other: string;
  readonly oneWins: number;
  readonly otherWins: number;
  readonly ties: number;
}

export interface Strength {
  readonly model: string;
  /** Wins against a model of the strength s with a probability of strength / (strength + s); the geometric mean of all is 1. */
  readonly strength: number;
}

/** Relative change of a strength in one round, below which it is found. */
const FOUND = 1e-12;
const MOST_ROUNDS = 100_000;

/**
 * The strengths that make the encounters likeliest (Bradley and Terry 1952), by Hunter's MM algorithm (2004), the strongest first.
 * Null where none are finite: somebody, or a group, never won against all others, or never met them (Ford 1957).
 */
export function bradleyTerry(encounters: readonly Encounter[]): readonly Strength[] | null {
  const models = [...new Set(encounters.flatMap(({ one, other }) => [one, other]))];
  const wins = winsOf(models, encounters);
  if (!isStronglyConnected(wins)) return null;
  let strengths = models.map(() => 1);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = normalised(strengths.map((_, at) => improved(at, strengths, wins)));
    const isFound = next.every((strength, at) => Math.abs(strength / (strengths[at] ?? 1) - 1) < FOUND);
    strengths = next;
    if (isFound) break;
  }
  return models.map((model, at) => ({ model, strength: strengths[at] ?? 1 })).sort((a, b) => b.strength - a.strength);
}

/** How often the model of the row won against that of the column. */
function winsOf(models: readonly string[], encounters: readonly Encounter[]): readonly (readonly number[])[] {
  const place = new Map(models.map((model, at) => [model, at]));
  const wins = models.map(() => models.map(() => 0));
  const add = (winner: string, loser: string, count: number): void => {
    const row = wins[place.get(winner) ?? -1];
    const column = place.get(loser) ?? -1;
    if (row !== undefined) row[column] = (row[column] ?? 0) + count;
  };
  for (const { one, other, oneWins, otherWins, ties } of encounters) {
    if (one === other) throw new RangeError(`${one} cannot be compared with itself.`);
    add(one, other, oneWins + ties / 2);
    add(other, one, otherWins + ties / 2);
  }
  return wins;
}

function improved(at: number, strengths: readonly number[], wins: readonly (readonly number[])[]): number {
  const own = strengths[at] ?? 1;
  const won = sumOf(wins[at] ?? []);
  const expected = sumOf(strengths.map((strength, other) => (other === at ? 0 : ((wins[at]?.[other] ?? 0) + (wins[other]?.[at] ?? 0)) / (own + strength))));
  return won / expected;
}

function normalised(strengths: readonly number[]): number[] {
  const mean = Math.exp(sumOf(strengths.map(Math.log)) / strengths.length);
  return strengths.map((strength) => strength / mean);
}

/** Whether from everyone a chain of wins leads to everyone else. */
function isStronglyConnected(wins: readonly (readonly number[])[]): boolean {
  const reachesAll = (hasWon: (from: number, to: number) => boolean): boolean => {
    const reached = new Set([0]);
    for (const from of reached) wins.forEach((_, to) => hasWon(from, to) && reached.add(to));
    return reached.size === wins.length;
  };
  if (wins.length < 2) return false;
  return reachesAll((from, to) => (wins[from]?.[to] ?? 0) > 0) && reachesAll((from, to) => (wins[to]?.[from] ?? 0) > 0);
}
