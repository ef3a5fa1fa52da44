import { integerRange, numberRange } from './number-range';
import type { RuleBook } from './rule-book';
import { countOf, type Schema, unusable } from './schema';

export const MOST_REPEATS = 500;

const DATE = '[0-9]{4} "-" ( "0" [1-9] | "1" [0-2] ) "-" ( "0" [1-9] | "1" [0-9] | "2" [0-8] )';
const TIME = '( [0-1] [0-9] | "2" [0-3] ) ":" [0-5] [0-9] ":" [0-5] [0-9] ( "." [0-9]{1,3} )? ( "Z" | [-+] ( [0-1] [0-9] | "2" [0-3] ) ":" [0-5] [0-9] )';
/** The formats of texts that are enforced; others are taken as remarks, as JSON Schema has it. */
const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ['date', DATE],
  ['time', TIME],
  ['date-time', `${DATE} "T" ${TIME}`],
  ['uuid', '[0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12}'],
]);

export function text(schema: Schema, book: RuleBook, path: string): string {
  const least = countOf(schema, 'minLength', path, 0, MOST_REPEATS);
  const most = countOf(schema, 'maxLength', path, Number.POSITIVE_INFINITY, MOST_REPEATS);
  if (most < least) throw unusable(path, 'maxLength is less than minLength');
  const format = FORMATS.get(schema['format']);
  if (format === undefined) return `"\\"" ${book.characterCount(least, most)} "\\""`;
  if (least > 0 || Number.isFinite(most)) throw unusable(path, 'minLength or maxLength stands beside format');
  return `"\\"" ${format} "\\""`;
}

export function integer(schema: Schema, path: string): string {
  const [minimum, maximum, above, below] = boundsOf(schema, path);
  const least = above === undefined ? minimum : Math.max(minimum ?? above, Math.floor(above) + 1);
  const most = below === undefined ? maximum : Math.min(maximum ?? below, Math.ceil(below) - 1);
  const range = integerRange(least, most);
  if (range === null) throw unusable(path, 'no integer is in the range');
  return range;
}

export function number(schema: Schema, path: string): string {
  const [minimum, maximum, above, below] = boundsOf(schema, path);
  if (above !== undefined || below !== undefined) throw unusable(path, 'exclusive bounds are possible for integers only');
  if (minimum === undefined && maximum === undefined) return 'number';
  if (![minimum, maximum].every((bound) => bound === undefined || Number.isSafeInteger(bound))) throw unusable(path, 'a bound is not an integer');
  const range = numberRange(minimum, maximum);
  if (range === null) throw unusable(path, 'no number is in the range');
  return range;
}

function boundsOf(schema: Schema, path: string): readonly (number | undefined)[] {
  return ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((keyword) => {
    const value = schema[keyword];
    if (value !== undefined && typeof value !== 'number') throw unusable(path, `${keyword} is no number`);
    return value;
  });
}

/** Items with commas between them. */
export function list(item: string, least: number, most: number): string {
  if (most === 0) return '';
  const some = `${item} space ( "," space ${item} space )${repeats(Math.max(0, least - 1), most - 1)}`;
  return least === 0 ? `( ${some} )?` : some;
}

export function repeats(least: number, most: number): string {
  if (!Number.isFinite(most)) return least === 0 ? '*' : `{${least},}`;
  return `{${least},${most}}`;
}

/** llama.cpp writes a rule out as often as it may repeat. */
export function writtenOut(least: number, most: number): number {
  return Number.isFinite(most) ? most : least;
}
