import jsonc, { type ParseError } from 'jsonc-parser';
import { say, type Sentence } from './sentence';

type FaultName = ReturnType<typeof jsonc.printParseErrorCode>;

/** By the parser's names. What is missing here is no fault of JSON's grammar, but of a text or a number in it. */
const WORDS: Partial<Record<FaultName, string>> = {
  ValueExpected: 'expected a value',
  PropertyNameExpected: 'expected a name in double quotes',
  ColonExpected: 'expected ":"',
  CommaExpected: 'expected ","',
  CloseBraceExpected: 'expected "," or "}"',
  CloseBracketExpected: 'expected "," or "]"',
  EndOfFileExpected: 'expected the end',
  InvalidSymbol: 'found what is no value',
  InvalidCommentToken: 'found a comment, which is not JSON,',
  UnexpectedEndOfComment: 'found a comment, which is not JSON,',
  UnexpectedEndOfString: 'found a text that does not end on its line,',
};

const OTHERWISE = 'found a text or number that JSON does not know';

/** Where text stops being JSON and what was expected there, without a word of the text: it may hold a secret. */
export function jsonFault(text: string): Sentence {
  const fault = firstFault(text);
  if (fault === undefined) return say`it is nested too deep`;
  const before = text.slice(0, fault.offset).split(/\r\n|\r|\n/);
  const place = say`line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
  return say`${WORDS[jsonc.printParseErrorCode(fault.error)] ?? OTHERWISE} at ${place}${hint(text, fault)}`;
}

/** Undefined where the parser's own stack ends before the text goes wrong. */
function firstFault(text: string): ParseError | undefined {
  const faults: ParseError[] = [];
  try {
    jsonc.parse(text, faults, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return faults[0];
}

function hint(text: string, { offset }: ParseError): string {
  if (offset >= text.length) return ', where the text ends';
  if (text[offset] === "'") return ': names and texts stand in double quotes';
  if (/[}\]]/.test(text[offset] ?? '') && text.slice(0, offset).trimEnd().endsWith(',')) return ': leave out the comma before it';
  return '';
}
