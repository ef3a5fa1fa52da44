import { diffArrays } from 'diff';
import { type Unit } from './unit';

/** Where two lists differ: what is between `begin` and `end` of the one stands in the place of that of the other. Either may be nothing. */
export interface Change {
  readonly baseline: Stretch;
  readonly derivative: Stretch;
}

/** Indices of units; the end is not in it. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/** With how many units that are added or removed the search for the fewest of them is given up: it takes their square. */
const MOST_EDITS = 1_000;

/** Undefined where too much differs to find out what. */
export function changesOf(baseline: readonly Unit[], derivative: readonly Unit[], mostEdits = MOST_EDITS): readonly Change[] | undefined {
  const edits = diffArrays(
    baseline.map(({ key }) => key),
    derivative.map(({ key }) => key),
    { maxEditLength: mostEdits },
  );
  if (!edits) return undefined;
  const changes: Writable[] = [];
  let open: Writable | undefined;
  let [ours, theirs] = [0, 0];
  for (const { count, added, removed } of edits) {
    if (!added && !removed) open = undefined;
    else if (!open) changes.push((open = { baseline: { begin: ours, end: ours }, derivative: { begin: theirs, end: theirs } }));
    if (!added) ours += count;
    if (!removed) theirs += count;
    if (!open) continue;
    open.baseline.end = ours;
    open.derivative.end = theirs;
  }
  return changes;
}

type Writable = Record<keyof Change, { begin: number; end: number }>;

/** One change that is all but what the lists begin and end with alike. */
export function wholeChange(baseline: readonly Unit[], derivative: readonly Unit[]): Change {
  const shorter = Math.min(baseline.length, derivative.length);
  let begin = 0;
  while (begin < shorter && baseline[begin]?.key === derivative[begin]?.key) begin += 1;
  let after = 0;
  while (after < shorter - begin && baseline.at(-1 - after)?.key === derivative.at(-1 - after)?.key) after += 1;
  return { baseline: { begin, end: baseline.length - after }, derivative: { begin, end: derivative.length - after } };
}
