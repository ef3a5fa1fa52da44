/** What the votes on two models came to. */
export interface PairVotes {
  readonly one: string;
  readonly other: string;
  /** For `one`, and for `other`. */
  readonly wins: number;
  readonly losses: number;
  /** Each counts as half a win of both. */
  readonly ties: number;
}

const ENOUGH = 1e-10;
const MOST_ROUNDS = 10_000;

/**
 * How strong models are by the votes on pairs of them (Bradley and Terry, 1952; by the minorisation of Hunter, 2004): the odds that one
 * wins against another are e to the difference of their strengths, whose mean is 0. Null where no finite strengths fit best: some
 * models have never lost to, or never been compared with, the others.
 */
export function bradleyTerry(votes: readonly PairVotes[]): ReadonlyMap<string, number> | null {
  const won = winsOf(votes);
  const models = [...won.keys()];
  if (models.length === 0 || !isConnected(won)) return null;
  let strengths = new Map(models.map((model) => [model, 1]));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = normalised(new Map(models.map((model) => [model, improved(model, won, strengths)])));
    const change = Math.max(...models.map((model) => Math.abs(Math.log((next.get(model) ?? 1) / (strengths.get(model) ?? 1)))));
    strengths = next;
    if (change < ENOUGH) break;
  }
  return new Map([...strengths].map(([model, strength]) => [model, Math.log(strength)]));
}

type Wins = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** How often each won against each, ties as halves. */
function winsOf(votes: readonly PairVotes[]): Wins {
  const won = new Map<string, Map<string, number>>();
  const add = (winner: string, loser: string, count: number): void => {
    const of = won.get(winner) ?? new Map<string, number>();
    won.set(winner, of.set(loser, (of.get(loser) ?? 0) + count));
  };
  for (const { one, other, wins, losses, ties } of votes) {
    if (one === other || wins + losses + ties === 0) continue;
    add(one, other, wins + ties / 2);
    add(other, one, losses + ties / 2);
  }
  return won;
}

function improved(model: string, won: Wins, strengths: ReadonlyMap<string, number>): number {
  const own = strengths.get(model) ?? 1;
  let wins = 0;
  let weight = 0;
  for (const [other, count] of won.get(model) ?? []) {
    wins += count;
    weight += (count + (won.get(other)?.get(model) ?? 0)) / (own + (strengths.get(other) ?? 1));
  }
  return wins / weight;
}

function normalised(strengths: Map<string, number>): Map<string, number> {
  const mean = [...strengths.values()].reduce((sum, strength) => sum + Math.log(strength), 0) / strengths.size;
  return new Map([...strengths].map(([model, strength]) => [model, strength / Math.exp(mean)]));
}

/** Whether wins lead from every model to every other. */
function isConnected(won: Wins): boolean {
  const [first = ''] = won.keys();
  const beaten = (model: string): string[] => [...(won.get(model) ?? [])].flatMap(([other, count]) => (count > 0 ? [other] : []));
  const beating = (model: string): string[] => [...won.keys()].filter((other) => (won.get(other)?.get(model) ?? 0) > 0);
  return [beaten, beating].every((step) => reached(first, step) === won.size);
}

function reached(first: string, step: (model: string) => readonly string[]): number {
  const seen = new Set([first]);
  for (const model of seen) for (const next of step(model)) seen.add(next);
  return seen.size;
}
