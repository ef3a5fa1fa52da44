import { type Part, partsOf } from './part';

/** Which of two answers: the one that is compared with, or the one that was made of it. */
export type Whose = 'baseline' | 'derivative';

/** `same`: both have it. `own`: the answer that is shown has it, the other does not. `other`: the other way round. */
export type RunKind = 'same' | 'own' | 'other';

/** A piece of text of one kind. */
export interface Run {
  readonly kind: RunKind;
  /** Whether the answer that is shown has nothing in the place of the other's words. */
  readonly isGap?: boolean;
  readonly text: string;
}

export interface Stretch extends Run {
  readonly isCode: boolean;
}

/** Where a change stands in one text, in UTF-16 characters. */
export interface Span {
  /** Where the unit before it ends. */
  readonly before: number;
  readonly begin: number;
  readonly end: number;
  /** Where the unit after it begins. */
  readonly after: number;
}

export type ChangeSpans = Readonly<Record<Whose, Span>>;

/**
 * An answer from its begin to its end, with what the other one has in its place: what is removed stands before what is added. White
 * space comes along with the other's words, so that they stand apart from its own.
 */
export function stretchesOf(texts: Readonly<Record<Whose, string>>, changes: readonly ChangeSpans[], whose: Whose): readonly Stretch[] {
  const other: Whose = whose === 'baseline' ? 'derivative' : 'baseline';
  const parts = { baseline: partsOf(texts.baseline), derivative: partsOf(texts.derivative) };
  const stretches: Stretch[] = [];
  const add = (kind: RunKind, begin: number, end: number, isGap = false): void => {
    const of = kind === 'other' ? other : whose;
    for (const part of within(parts[of], begin, end)) {
      stretches.push({ kind, isCode: part.isCode, text: texts[of].slice(part.begin, part.end), ...(kind === 'other' && isGap ? { isGap } : {}) });
    }
  };
  let at = 0;
  for (const { [whose]: own, [other]: theirs } of changes) {
    const isFirst = whose === 'derivative' && own.end > own.begin;
    add('same', at, own.begin);
    if (isFirst && theirs.end > theirs.begin) add('other', theirs.begin, theirs.after);
    add('own', own.begin, own.end);
    if (!isFirst && theirs.end > theirs.begin) add('other', theirs.before, theirs.end, own.begin === own.end);
    at = own.end;
  }
  add('same', at, texts[whose].length);
  return stretches;
}

function within(parts: readonly Part[], begin: number, end: number): readonly Part[] {
  return parts.map((part) => ({ ...part, begin: Math.max(begin, part.begin), end: Math.min(end, part.end) })).filter((part) => part.begin < part.end);
}
