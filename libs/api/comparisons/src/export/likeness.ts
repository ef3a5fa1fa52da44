import { compareTexts, type Findings, type MarkedText, sayComparison } from '@tandem/shared/differences';
import { chrF, editSimilarity, lengthDifference, rougeL } from '@tandem/shared/measures';

/** Longer pairs of texts are not compared while a server waits, in UTF-16 characters of both. */
const MOST_CHARACTERS = 100_000;
/** Some 10 ms at most: other answers stream meanwhile. */
const MOST_EDITS = 250;
/** Of which characters and words are compared each with each, in UTF-16 characters of both. */
const MOST_EACH_WITH_EACH = 6_000;

/** How two answers differ, as it is said and shown. */
export interface Likeness {
  /** Undefined where there is nothing to be marked. */
  readonly marked: Findings<MarkedText> | undefined;
  /** In the order in which they are read. */
  readonly facts: readonly string[];
  readonly notes: readonly string[];
}

/** Of two answers of which one is empty there is nothing to be said. */
export function likenessOf(baseline: string, derivative: string): Likeness {
  if (baseline.trim() === '' || derivative.trim() === '') return { marked: undefined, facts: [], notes: [] };
  if (baseline.length + derivative.length > MOST_CHARACTERS) {
    return { marked: undefined, facts: figuresOf(baseline, derivative), notes: ['Too long to be compared word by word here.'] };
  }
  const found = compareTexts({ baseline, derivative, by: 'words', mostEdits: MOST_EDITS });
  const added = sayComparison(found, 'derivative');
  if (found.isSame !== 'no') return { marked: undefined, facts: [added.count], notes: added.notes };
  return { marked: found, facts: [sayComparison(found, 'baseline').count, added.count, ...figuresOf(baseline, derivative)], notes: added.notes };
}

function figuresOf(baseline: string, derivative: string): readonly string[] {
  const length = lengthDifference(baseline, derivative) ?? 0;
  const facts = [`length ${length < 0 ? '−' : '+'}${Math.abs(length * 100).toFixed(0)} %`];
  if (baseline.length + derivative.length > MOST_EACH_WITH_EACH) return facts;
  const [similarity, rouge] = [editSimilarity(baseline, derivative)?.similarity, rougeL(baseline, derivative)];
  if (similarity !== undefined) facts.push(`similarity ${similarity.toFixed(2)}`);
  if (rouge !== null) facts.push(`ROUGE-L ${rouge.toFixed(2)}`);
  return [...facts, `chrF2 ${(chrF(baseline, derivative) * 100).toFixed(1)}`];
}
