/** LaTeX between its delimiters. */
export interface Formula {
  readonly raw: string;
  readonly tex: string;
  /** Whether it stands on lines of its own. */
  readonly isDisplay: boolean;
}

/** Longest formula, with its delimiters, in UTF-16 characters: what is longer is text. */
const LONGEST = 2_000;

/** Longest between single dollars: an amount is seldom far from the next. */
const LONGEST_IN_DOLLARS = 300;

const DELIMITERS = [
  ['\\(', '\\)', false],
  ['\\[', '\\]', true],
  ['$$', '$$', true],
] as const;

const BLANK_LINE = /\n[ \t]*\n/;
export const FORMULA_START = /^ {0,3}(\$\$|\\\[)/;
const AFTER_BLOCK = /^[ \t]*(?:[.,;:][ \t]*)?(?:\n|$)/;
const AMOUNT_BEFORE = /[\w$\\]$/;
/** A letter alone, or what LaTeX has and prose has not. */
const IS_TEX = /[\\^_={}]|^[a-z]$/i;
const ARITHMETIC = /^[\d\s.,+\-*/<>()|!']*$/;
const WORD = /[a-z]{2}/i;

/** The formula that a text begins with; `before` is what stands before it. */
export function formulaAt(text: string, before: string): Formula | undefined {
  if (!text.startsWith('$') && !text.startsWith('\\')) return undefined;
  for (const [opening, closing, isDisplay] of DELIMITERS) {
    if (text.startsWith(opening)) return between(text.slice(0, LONGEST), opening, closing, isDisplay);
  }
  return text.startsWith('$') ? inDollars(text.slice(0, LONGEST_IN_DOLLARS), before) : undefined;
}

/** The formula that a block of its own is. */
export function formulaBlockAt(text: string): Formula | undefined {
  if (!FORMULA_START.test(text)) return undefined;
  const indent = text.length - text.trimStart().length;
  const formula = formulaAt(text.slice(indent, indent + LONGEST), '');
  if (!formula) return undefined;
  const [rest] = AFTER_BLOCK.exec(text.slice(indent + formula.raw.length)) ?? [];
  return rest === undefined ? undefined : { ...formula, raw: text.slice(0, indent + formula.raw.length + rest.length) };
}

/** Whether nothing that matters stands on the line behind a formula: then it is a block of its own. */
export function endsFormula(line: string): boolean {
  return AFTER_BLOCK.test(line);
}

/** The text with its formulas blotted out, of the same length: no star in them stresses anything. */
export function withoutFormulas(text: string, masked: string): string {
  if (!/\$|\\[([]/.test(text)) return masked;
  let shown = '';
  for (let at = 0; at < text.length;) {
    const length = formulaAt(text.slice(at, at + LONGEST), text.slice(Math.max(0, at - 1), at))?.raw.length;
    shown += length === undefined ? masked.charAt(at) : 'a'.repeat(length);
    at += length ?? 1;
  }
  return shown;
}

function between(text: string, opening: string, closing: string, isDisplay: boolean): Formula | undefined {
  const end = text.indexOf(closing, opening.length);
  const tex = text.slice(opening.length, end);
  if (end < 0 || tex.trim() === '' || BLANK_LINE.test(tex)) return undefined;
  if (closing === '$$' && text.charAt(end + closing.length) === '$') return undefined;
  return { raw: text.slice(0, end + closing.length), tex, isDisplay };
}

/** Between two dollars there may be a formula, and there may be prose between two prices: in doubt there is. */
function inDollars(text: string, before: string): Formula | undefined {
  if (AMOUNT_BEFORE.test(before)) return undefined;
  const end = endInDollars(text);
  const tex = text.slice(1, end);
  if (end < 0 || tex.trim() !== tex || /[\n`]/.test(tex) || /\d/.test(text.charAt(end + 1))) return undefined;
  return isMeant(tex) ? { raw: text.slice(0, end + 1), tex, isDisplay: false } : undefined;
}

function endInDollars(text: string): number {
  let end = text.indexOf('$', 1);
  while (end > 0 && text.charAt(end - 1) === '\\') end = text.indexOf('$', end + 1);
  return end > 1 && text.charAt(end + 1) !== '$' ? end : -1;
}

function isMeant(tex: string): boolean {
  return IS_TEX.test(tex) || ARITHMETIC.test(tex) || !WORD.test(tex);
}
