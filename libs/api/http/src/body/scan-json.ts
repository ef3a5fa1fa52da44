import { Fault } from '@tandem/api/faults';

/** Deeper than any request is, and far from where what reads it recursively would run out of stack. */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Counts what is in a JSON text before anything of it is built: parsing 8 MiB of `{}` takes seconds and hundreds of
 * megabytes. Whether it is JSON at all is for the parser to say.
 * @throws Fault `invalid_request` at the level or the value too many, with the field of the request that holds it
 */
export function scanJson(text: Buffer, mostValues: number): void {
  let depth = 0;
  let values = 1;
  /** Where the last text at the top level began and ended: the name of the field that is read. */
  let name: readonly [from: number, to: number] | undefined;
  let field: typeof name;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    // blanks, digits and most else: nothing to count
    if (byte !== QUOTE && byte !== COMMA && byte !== COLON && byte < OPEN_LIST) continue;
    switch (byte) {
      case QUOTE: {
        const end = endOfText(text, at + 1);
        if (depth === 1) name = [at, end + 1];
        at = end;
        break;
      }
      case COLON:
        if (depth === 1) field = name;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        values += 1;
        if (depth > MAX_DEPTH) throw new Fault('invalid_request', `The request body is nested more than ${MAX_DEPTH} levels deep.`, paramOf(text, field));
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      case COMMA:
        values += 1;
        break;
    }
    if (values > mostValues) throw tooMany(mostValues, paramOf(text, field));
  }
}

/** Where a text ends that began before `from`: at its closing quote, or with everything. */
function endOfText(text: Buffer, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at;
  }
  return text.length;
}

function paramOf(text: Buffer, field: readonly [number, number] | undefined): { readonly param?: string } {
  if (field === undefined || field[1] - field[0] > 102) return {};
  return { param: text.toString('utf8', field[0] + 1, field[1] - 1) };
}

function tooMany(most: number, about: { readonly param?: string }): Fault {
  const where = about.param === undefined ? 'The request body' : `${about.param}: the request body`;
  return new Fault('invalid_request', `${where} holds more than ${most} values, which is more than any request to this address needs.`, about);
}
