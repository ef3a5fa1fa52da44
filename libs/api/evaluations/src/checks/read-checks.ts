import { isStorable, NOT_STORABLE } from '@tandem/api/store';
import { CHECK_TYPES, type CheckType, PROMPT_SET_LIMITS, type PromptCheck, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { setFault } from '../prompt-sets/set-fault';
import { compileRegex } from './compile-regex';
import { compileSchema, readyForSchemas } from './compile-schema';
import { COMPILE_MS } from './compiled-checks';
import { isOutOfTime, withinTime } from './within-time';

/**
 * One check or a list of them, each looked at to the end: what cannot be checked is not taken. `mostMs`: what making an expression or
 * a schema ready may take, in milliseconds. @throws Fault with the line and the field
 */
export function readChecks(value: unknown, line: number, hasReference: boolean, mostMs = COMPILE_MS): readonly PromptCheck[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const most = PROMPT_SET_LIMITS.checks;
  if (list.length > most) throw setFault(`must be at most ${most} checks`, { line, field: 'check' });
  if (list.filter((check) => (check as { type?: unknown } | null)?.type === 'judge').length > 1) throw setFault('may have one judge', { line, field: 'check' });
  return list.map((check, at) =>
    readCheck(check, { hasReference, mostMs }, (what, part = '') => setFault(what, { line, field: fieldOf(Array.isArray(value), at, part) })),
  );
}

function fieldOf(isList: boolean, at: number, part: string): string {
  return `check${isList ? `[${at}]` : ''}${part}`;
}

type Fail = (what: string, part?: string) => Error;

interface Surroundings {
  readonly hasReference: boolean;
  readonly mostMs: number;
}

function readCheck(check: unknown, surroundings: Surroundings, fail: Fail): PromptCheck {
  if (typeof check !== 'object' || check === null || Array.isArray(check)) throw fail('must be an object, such as {"type":"contains","value":"…"}');
  const { type, value, ...rest } = check as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw fail('is not known here; a check has "type" and "value"', `.${unknown.slice(0, 100)}`);
  if (!isCheckType(type)) throw fail(`must be one of ${CHECK_TYPES.join(', ')}`, '.type');
  if (!isStorable(value)) throw fail(NOT_STORABLE, '.value');
  const wrong = wrongValue(type, value, surroundings);
  if (wrong !== undefined) throw fail(wrong, '.value');
  return value === undefined ? { type } : { type, value };
}

function isCheckType(type: unknown): type is CheckType {
  return (CHECK_TYPES as readonly unknown[]).includes(type);
}

/** What is wrong with the value of a check; undefined where nothing is. */
function wrongValue(type: CheckType, value: unknown, { hasReference, mostMs }: Surroundings): string | undefined {
  switch (type) {
    case 'exact':
      if (value === undefined) return hasReference ? undefined : 'is needed where the prompt has no reference';
      return isText(value) ? undefined : 'must be the text that the answer is to be';
    case 'contains':
      return isText(value) ? undefined : 'must be the text that the answer is to contain';
    case 'regex':
      return wrongRegex(value, mostMs);
    case 'json':
      return value === undefined ? undefined : 'is not taken: it is enough that the answer is JSON';
    case 'json_schema':
      return wrongSchema(value, mostMs);
    case 'max_words':
      return Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'must be a whole number of words, 0 or more';
    case 'judge':
      return isText(value) ? undefined : 'must be the id of the model that judges';
    default:
      return type satisfies never;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= REQUEST_LIMITS.textCharacters;
}

function wrongRegex(value: unknown, mostMs: number): string | undefined {
  const most = PROMPT_SET_LIMITS.regexCharacters;
  if (typeof value !== 'string' || value === '' || value.length > most) return `must be an expression of 1 to ${most} characters`;
  return wrongMaking(
    mostMs,
    () => compileRegex(value),
    'is no expression of RE2, which has no look-around and no back-references, so that no answer can make it slow',
  );
}

function wrongSchema(value: unknown, mostMs: number): string | undefined {
  const most = PROMPT_SET_LIMITS.schemaCharacters;
  if (typeof value !== 'boolean' && (typeof value !== 'object' || value === null || Array.isArray(value))) return 'must be a JSON Schema';
  if (writtenLength(value) > most) return `must be a JSON Schema of at most ${most} characters, and not be nested too deep to be written`;
  readyForSchemas();
  return wrongMaking(
    mostMs,
    () => compileSchema(value),
    'is no JSON Schema (2020-12) that can be used: a keyword has a value that it does not take, a $ref leads outside of it, or an expression is none of RE2',
  );
}

/** What is wrong with what cannot be made ready: that it takes too long or is too large, or else what is said of it. */
function wrongMaking(mostMs: number, make: () => unknown, otherwise: string): string | undefined {
  try {
    withinTime(mostMs, make);
    return undefined;
  } catch (error) {
    if (isOutOfTime(error)) return `takes more than ${mostMs / 1_000} s to be made ready here: make it simpler, or send it when the server has less to do`;
    // what makes it ready goes into it as deep as it has parts
    return error instanceof Error && error.name === 'RangeError' ? 'has more parts than can be made ready here: make it simpler' : otherwise;
  }
}

/** In characters; infinite where it is nested deeper than it can be written. */
function writtenLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}
