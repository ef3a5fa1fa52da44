const LONGEST = 6;
/** Recall counts twice as much as precision. */
const BETA_SQUARED = 4;

/**
 * chrF2 (Popović 2015): how many runs of one to six characters of the derivative's text stand in the baseline's, and the other way round;
 * 0 to 1, as sacreBLEU has it for a sentence, where it is told times 100. The baseline is the reference. White space does not count.
 */
export function chrF(baseline: string, derivative: string): number {
  const [ours, theirs] = [charactersOf(baseline), charactersOf(derivative)];
  let [precision, recall] = [0, 0];
  const orders = Math.min(LONGEST, ours.length, theirs.length);
  for (let length = 1; length <= orders; length++) {
    const shared = sharedRuns(ours, theirs, length);
    precision += shared / (theirs.length - length + 1) / orders;
    recall += shared / (ours.length - length + 1) / orders;
  }
  return precision + recall === 0 ? 0 : ((1 + BETA_SQUARED) * precision * recall) / (BETA_SQUARED * precision + recall);
}

function charactersOf(text: string): readonly string[] {
  return Array.from(text).filter((character) => character.trim() !== '');
}

function sharedRuns(ours: readonly string[], theirs: readonly string[], length: number): number {
  const [counts, others] = [countRuns(ours, length), countRuns(theirs, length)];
  let shared = 0;
  for (const [run, count] of counts) shared += Math.min(count, others.get(run) ?? 0);
  return shared;
}

function countRuns(characters: readonly string[], length: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + length <= characters.length; at++) {
    const run = characters.slice(at, at + length).join('');
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}
