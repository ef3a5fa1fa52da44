import { type Block, blocksOf } from './blocks';
import { type Change, changesOf, wholeChange } from './changes';
import { type ChangeSpans, type Run, type Span, type Stretch, stretchesOf, type Whose } from './stretches';
import { type Unit, type UnitKind, unitsOf } from './unit';

export interface Question {
  readonly baseline: string;
  readonly derivative: string;
  /** What is to be compared, where that says something. */
  readonly by: UnitKind;
  /** How many words or sentences may be added or removed until it is given up to find the fewest: the time grows with the square. */
  readonly mostEdits?: number;
}

/** What one answer has that the other has not. */
export interface Amount {
  /** How many words or sentences. */
  readonly own: number;
  /** How many signs. */
  readonly signs: number;
}

/** How two answers were compared, and what came of it on each side. */
export interface Findings<OfOne extends Amount = Amount> extends Readonly<Record<Whose, OfOne>> {
  readonly by: UnitKind;
  /**
   * Why not by what was asked for: more than half of the words differ, or so many that the fewest cannot be found. `unlike`: nor can
   * the fewest sentences, and all between the first difference and the last one counts as different.
   */
  readonly because: 'asked' | 'mostly' | 'long' | 'unlike';
  /** Whether nothing differs: not even white space, or that alone. */
  readonly isSame: 'text' | 'words' | 'no';
}

/** One answer in blocks, with what sets it apart and what the other has in its place. */
export interface MarkedAnswer extends Amount {
  readonly blocks: readonly Block[];
}

/** One answer, every character of it, and what the other has in its place. */
export interface MarkedText extends Amount {
  readonly runs: readonly Run[];
}

export type Comparison = Findings<MarkedAnswer>;

/** How two answers differ. Markdown is compared as the text that it is; code as code. */
export function compare(question: Question): Comparison {
  return shown(question, (stretches) => ({ blocks: blocksOf(stretches) }));
}

/** The same, of texts that stay as they are. */
export function compareTexts(question: Question): Findings<MarkedText> {
  return shown(question, (stretches) => ({ runs: stretches.map(({ kind, text }) => ({ kind, text })) }));
}

interface Found extends Findings {
  readonly changes: readonly ChangeSpans[];
}

function shown<Shown>(question: Question, show: (stretches: readonly Stretch[]) => Shown): Findings<Amount & Shown> {
  const { changes, baseline, derivative, ...found } = foundIn(question);
  const of = (whose: Whose, amount: Amount): Amount & Shown => ({ ...amount, ...show(stretchesOf(question, changes, whose)) });
  return { ...found, baseline: of('baseline', baseline), derivative: of('derivative', derivative) };
}

function foundIn(question: Question): Found {
  if (question.by === 'sentences') return bySentences(question, 'asked');
  const [ours, theirs] = unitsOfBoth(question, 'words');
  const changes = changesOf(ours, theirs, question.mostEdits);
  if (!changes) return bySentences(question, 'long');
  return isMostly(changes, ours, theirs) && hasSentences(question) ? bySentences(question, 'mostly') : told(question, changes, 'asked', [ours, theirs]);
}

function bySentences(question: Question, because: Found['because']): Found {
  const units = unitsOfBoth(question, 'sentences');
  const asked = { ...question, by: 'sentences' } as const;
  const changes = changesOf(...units, question.mostEdits);
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

function told({ baseline, derivative, by }: Question, changes: readonly Change[], because: Found['because'], [ours, theirs]: Both): Found {
  const spans = changes.map((change): ChangeSpans => ({ baseline: spanOf(change.baseline, ours), derivative: spanOf(change.derivative, theirs) }));
  const isSame = baseline === derivative ? 'text' : changes.length === 0 ? 'words' : 'no';
  return { by, because, isSame, changes: spans, baseline: ownOf(changes, 'baseline', ours), derivative: ownOf(changes, 'derivative', theirs) };
}

function spanOf({ begin, end }: Change[Whose], units: readonly Unit[]): Span {
  const before = units[begin - 1]?.end ?? 0;
  const after = units[end]?.begin ?? units.at(-1)?.end ?? 0;
  return begin === end
    ? { before, begin: before, end: before, after }
    : { before, begin: units[begin]?.begin ?? before, end: units[end - 1]?.end ?? before, after };
}

function countIn(changes: readonly Change[], whose: Whose): number {
  return changes.reduce((count, { [whose]: { begin, end } }) => count + end - begin, 0);
}

function ownOf(changes: readonly Change[], whose: Whose, units: readonly Unit[]): Amount {
  const all = changes.flatMap(({ [whose]: { begin, end } }) => units.slice(begin, end));
  const own = all.filter(({ key }) => /[\p{L}\p{N}]/u.test(key)).length;
  return { own, signs: all.length - own };
}
