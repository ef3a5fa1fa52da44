/** Where text stops being JSON and what was expected there, without a word of the text: it may hold a secret. */
export function jsonFault(text: string): string {
  const { offset, expected } = firstFault(text);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const place = `line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `expected ${expected} at ${place}${hint(text, offset)}`;
}

const SPACE = /[ \t\r\n]*/y;
const TOKEN = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING_PART = /[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const VALUE = 'a value';
const NAME = 'a name in double quotes';
const FIRST_NAME = 'a name in double quotes or "}"';
const FIRST_ITEM = 'a value or "]"';
const COLON = '":"';
const END = 'the end';

function firstFault(text: string): { readonly offset: number; readonly expected: string } {
  const open: string[] = [];
  let expected = VALUE;
  for (let offset = afterSpace(text, 0); ;) {
    const end = endOfToken(text, offset);
    const next = end === undefined ? undefined : follow(expected, text.slice(offset, Math.min(end, offset + 1)), open);
    if (end === undefined || next === undefined) return { offset, expected };
    expected = next;
    offset = afterSpace(text, end);
  }
}

/** What must follow a token that begins with that character; undefined where that token must not stand. */
function follow(expected: string, first: string, open: string[]): string | undefined {
  const behindValue = (): string => (open.length === 0 ? END : `"," or "${open.at(-1)}"`);
  if (expected === COLON) return first === ':' ? VALUE : undefined;
  if (first === open.at(-1) && expected !== VALUE && expected !== NAME) {
    open.pop();
    return behindValue();
  }
  if (expected === NAME || expected === FIRST_NAME) return first === '"' ? COLON : undefined;
  if (expected !== VALUE && expected !== FIRST_ITEM) return first === ',' && expected !== END ? (open.at(-1) === '}' ? NAME : VALUE) : undefined;
  if (/[},:\]]/.test(first)) return undefined;
  if (first === '{') open.push('}');
  if (first === '[') open.push(']');
  return first === '{' ? FIRST_NAME : first === '[' ? FIRST_ITEM : behindValue();
}

function afterSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function endOfToken(text: string, offset: number): number | undefined {
  if (text[offset] === '"') return endOfString(text, offset + 1);
  TOKEN.lastIndex = offset;
  return TOKEN.test(text) ? TOKEN.lastIndex : undefined;
}

/** Piece by piece: one expression over a long string would run out of stack. */
function endOfString(text: string, offset: number): number | undefined {
  for (STRING_PART.lastIndex = offset; STRING_PART.test(text);) offset = STRING_PART.lastIndex;
  return text[offset] === '"' ? offset + 1 : undefined;
}

function hint(text: string, offset: number): string {
  if (offset >= text.length) return ', where the text ends';
  if (/^(?:\/\/|\/\*|#)/.test(text.slice(offset, offset + 2))) return ': comments are not JSON';
  if (text[offset] === "'") return ': names and texts stand in double quotes';
  if (/[}\]]/.test(text[offset] ?? '') && text.slice(0, offset).trimEnd().endsWith(',')) return ': leave out the comma before it';
  return text[offset] === '"' ? ', where a text does not end on its line or holds what JSON does not know' : '';
}
