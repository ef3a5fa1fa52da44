import { grouped } from './grouped';
import { literal } from './json-rules';
import { MOST_CHARACTERS, type RuleBook } from './rule-book';
import { unusable } from './schema';

/** At one character of an answer, all that may follow is compared with every token of the vocabulary. */
export const MOST_BRANCHES = 128;

/**
 * A rule for one of several values, told as JSON. Values that begin alike share the rules for their beginning: llama.cpp
 * follows all that are still possible side by side, and 6,000 of them kept everybody waiting for 0.6 s at a time.
 */
export function literalTree(texts: ReadonlySet<string>, book: RuleBook, path: string): string {
  if ([...texts].reduce((sum, { length }) => sum + length, 0) > MOST_CHARACTERS) throw unusable(path, 'its values are too long');
  return branch(
    [...texts].map((text) => Array.from(text)),
    0,
    book,
    path,
  );
}

/** All that the values have behind their first `from` characters. */
function branch(values: readonly (readonly string[])[], from: number, book: RuleBook, path: string): string {
  const [first = []] = values;
  let to = from;
  while (to < first.length && values.every((value) => value[to] === first[to])) to++;
  const shared = first.slice(from, to).join('');
  const beginning = shared === '' ? '' : literal(shared);
  if (values.length === 1) return beginning;
  const alternatives = byRest(
    values.filter(({ length }) => length > to),
    to,
    book,
    path,
  );
  // one number may be the beginning of another
  if (values.some(({ length }) => length === to)) alternatives.push('""');
  if (alternatives.length > MOST_BRANCHES) throw unusable(path, `more than ${MOST_BRANCHES} values differ in the same character`);
  return `${beginning} ${book.named(alternatives.join(' | '), path)}`.trim();
}

/** Characters that the same comes after are one class. */
function byRest(values: readonly (readonly string[])[], at: number, book: RuleBook, path: string): string[] {
  const groups = grouped(values, (value) => value[at] ?? '');
  const rests = grouped(groups, ([, group]) => branch(group, at + 1, book, path));
  return [...rests].map(([rest, among]) =>
    `${among.length === 1 ? literal(among[0]?.[0] ?? '') : characterClass(among.map(([character]) => character))} ${rest}`.trim(),
  );
}

function characterClass(characters: readonly string[]): string {
  const points = characters.map((character) => character.codePointAt(0) ?? 0).sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return `[${ranges.map(([from, to]) => (from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`)).join('')}]`;
}

function escaped(point: number): string {
  return `\\U${point.toString(16).padStart(8, '0')}`;
}
