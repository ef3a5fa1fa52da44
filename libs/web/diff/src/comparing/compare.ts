import { type Block, blocksOf } from './blocks';
import { type Change, changesOf, wholeChange } from './changes';
import { type Place, type PlacedChange, stretchesOf, type Whose } from './stretches';
import { type Unit, type UnitKind, unitsOf } from './unit';

export interface Question {
  readonly baseline: string;
  readonly derivative: string;
  /** What is to be compared, where that says something. */
  readonly by: UnitKind;
}

/** One answer with what sets it apart. */
export interface MarkedAnswer {
  readonly blocks: readonly Block[];
  /** How many words or sentences it has that the other has not. */
  readonly own: number;
  /** How many signs. */
  readonly signs: number;
}

export interface Comparison extends Readonly<Record<Whose, MarkedAnswer>> {
  readonly by: UnitKind;
  /**
   * Why not by what was asked for: more than half of the words differ, or so many that the fewest cannot be found. `unlike`: nor can
   * the fewest sentences, and all between the first difference and the last one counts as different.
   */
  readonly because: 'asked' | 'mostly' | 'long' | 'unlike';
  /** Whether nothing differs: not even white space, or that alone. */
  readonly isSame: 'text' | 'words' | 'no';
}

/** How two answers differ. Markdown is compared as the text that it is; code as code. */
export function compare(question: Question): Comparison {
  if (question.by === 'sentences') return bySentences(question, 'asked');
  const [ours, theirs] = unitsOfBoth(question, 'words');
  const changes = changesOf(ours, theirs);
  if (!changes) return bySentences(question, 'long');
  return isMostly(changes, ours, theirs) && hasSentences(question) ? bySentences(question, 'mostly') : told(question, changes, 'asked', [ours, theirs]);
}

function bySentences(question: Question, because: Comparison['because']): Comparison {
  const units = unitsOfBoth(question, 'sentences');
  const asked = { ...question, by: 'sentences' } as const;
  const changes = changesOf(...units);
  return changes ? told(asked, changes, because, units) : told(asked, [wholeChange(...units)], 'unlike', units);
}

type Both = readonly [baseline: readonly Unit[], derivative: readonly Unit[]];

function unitsOfBoth({ baseline, derivative }: Question, kind: UnitKind): Both {
  return [unitsOf(baseline, kind), unitsOf(derivative, kind)];
}

/** Whether more is different than the same. */
function isMostly(changes: readonly Change[], ours: readonly Unit[], theirs: readonly Unit[]): boolean {
  return countIn(changes, 'baseline') + countIn(changes, 'derivative') > (ours.length + theirs.length) / 2;
}

/** Of one sentence alone its words say more. */
function hasSentences(question: Question): boolean {
  return unitsOfBoth(question, 'sentences').some((units) => units.length > 1);
}

function told({ baseline, derivative, by }: Question, changes: readonly Change[], because: Comparison['because'], [ours, theirs]: Both): Comparison {
  const texts = { baseline, derivative };
  const placed = changes.map((change): PlacedChange => ({ baseline: placeOf(change.baseline, ours), derivative: placeOf(change.derivative, theirs) }));
  const marked = (whose: Whose): MarkedAnswer => ({
    blocks: blocksOf(stretchesOf(texts, placed, whose)),
    ...ownOf(changes, whose, whose === 'baseline' ? ours : theirs),
  });
  const isSame = baseline === derivative ? 'text' : changes.length === 0 ? 'words' : 'no';
  return { by, because, isSame, baseline: marked('baseline'), derivative: marked('derivative') };
}

function placeOf({ begin, end }: Change[Whose], units: readonly Unit[]): Place {
  const before = units[begin - 1]?.end ?? 0;
  const after = units[end]?.begin ?? units.at(-1)?.end ?? 0;
  return begin === end
    ? { before, begin: before, end: before, after }
    : { before, begin: units[begin]?.begin ?? before, end: units[end - 1]?.end ?? before, after };
}

function countIn(changes: readonly Change[], whose: Whose): number {
  return changes.reduce((count, { [whose]: { begin, end } }) => count + end - begin, 0);
}

function ownOf(changes: readonly Change[], whose: Whose, units: readonly Unit[]): Pick<MarkedAnswer, 'own' | 'signs'> {
  const all = changes.flatMap(({ [whose]: { begin, end } }) => units.slice(begin, end));
  const own = all.filter(({ key }) => /[\p{L}\p{N}]/u.test(key)).length;
  return { own, signs: all.length - own };
}
