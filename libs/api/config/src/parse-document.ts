import type { ModelEntry } from '@tandem/shared/contracts';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { ConfigurationError } from './configuration-error';
import { jsonFault } from './json-fault';
import { keyVariableProblem } from './key-variables';
import { ModelEntryDto } from './model-entry.dto';
import { say } from './sentence';

/** The lists that one source gives; a list it does not name is left to the next source. */
export interface PartialDocument {
  readonly baseline_models?: readonly ModelEntry[];
  readonly twodelta_models?: readonly ModelEntry[];
  /** True: it may name far fewer models than before. */
  readonly allow_shrink?: boolean;
}

/** In one list. */
const MAX_MODELS = 5_000;

const FREE_TEXT = new Set(['description', 'stop']);

const LISTS = ['baseline_models', 'twodelta_models'] as const;

/** Fields that were not known: not an error, so that a newer document still works, but worth a line in the log. */
export type WarnUnknown = (field: string) => void;

/** Text as JSON. A byte order mark is accepted; anything else that is not JSON is refused with its line and column. */
export function parseJson(origin: string, text: string): unknown {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') throw new ConfigurationError(origin, 'is empty; expected a JSON document.');
  try {
    return JSON.parse(content);
  } catch {
    throw new ConfigurationError(origin, say`is not valid JSON: ${jsonFault(content)}.`);
  }
}

/** `{"baseline_models":[…],"twodelta_models":[…]}`, each list optional, every entry checked. `keyVariables` may be named in `api_key_env` besides. */
export function parseDocument(origin: string, text: string, warn: WarnUnknown, keyVariables: readonly string[] = []): PartialDocument {
  const value = parseJson(origin, text);
  if (!isRecord(value)) {
    throw new ConfigurationError(origin, say`must be an object with "baseline_models" and "twodelta_models", but is ${nameOf(value)}.`);
  }
  for (const field of Object.keys(value)) {
    if (field !== 'allow_shrink' && !LISTS.some((list) => list === field)) warn(field);
  }
  const lists = LISTS.filter((list) => value[list] !== undefined);
  return {
    ...Object.fromEntries(lists.map((list) => [list, parseEntries(origin, list, value[list], warn, keyVariables)])),
    ...(value['allow_shrink'] === true ? { allow_shrink: true } : {}),
  };
}

/** One list of models. `place` is where it stands, for the error: `baseline_models`, or empty for a variable's own list. */
export function parseEntries(origin: string, place: string, value: unknown, warn: WarnUnknown, keyVariables: readonly string[] = []): ModelEntry[] {
  if (!Array.isArray(value)) {
    throw new ConfigurationError(origin, say`${place ? `${place} ` : ''}must be a list of {"name","endpoint"} objects, but is ${nameOf(value)}.`);
  }
  if (value.length > MAX_MODELS)
    throw new ConfigurationError(origin, say`${place ? `${place} ` : ''}holds ${value.length} models; at most ${MAX_MODELS} are taken.`);
  return value.map((item: unknown, index) => parseModel(origin, `${place}[${index}]`, item, warn, keyVariables));
}

/** One model. `place` is where it stands, for the error. */
export function parseModel(origin: string, place: string, item: unknown, warn: WarnUnknown, keyVariables: readonly string[]): ModelEntry {
  const entry = parseEntry(origin, place, item, warn);
  const problem = entry.api_key_env === undefined ? undefined : keyVariableProblem(entry.api_key_env, keyVariables);
  if (problem !== undefined) throw new ConfigurationError(origin, say`${place}.api_key_env ${problem}.`);
  return entry;
}

function parseEntry(origin: string, place: string, item: unknown, warn: WarnUnknown): ModelEntry {
  if (!isRecord(item)) throw new ConfigurationError(origin, say`${place} must be an object with "name" and "endpoint", but is ${nameOf(item)}.`);
  const held = placeholderIn(item);
  if (held !== undefined)
    throw new ConfigurationError(origin, say`${place}.${held} holds a placeholder, which Tandem does not fill in; write the value itself.`);
  const entry = plainToInstance(ModelEntryDto, item, { exposeDefaultValues: true });
  const errors = validateSync(entry, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  const unknown = new Set(errors.filter((error) => error.constraints?.['whitelistValidation'] !== undefined).map(({ property }) => property));
  for (const property of unknown) warn(`${place}.${property}`);
  const wrong = errors.find(({ property }) => !unknown.has(property));
  if (wrong) throw new ConfigurationError(origin, say`${place}.${describe(wrong)}.`);
  const given = Object.entries(entry).filter(([name, field]) => field !== undefined && field !== null && !unknown.has(name));
  return Object.fromEntries(given) as unknown as ModelEntry;
}

/** The first field that holds a `${…}`, also inside of others. Text for people and stop strings may hold anything. */
function placeholderIn(fields: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    if (FREE_TEXT.has(name)) continue;
    if (typeof value === 'string' && value.includes('${')) return name;
    const inner = isRecord(value) ? placeholderIn(value) : undefined;
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}

/** `endpoint must be …`, `price.input must be …`. */
function describe(error: ValidationError): string {
  const [sentence] = Object.values(error.constraints ?? {});
  if (sentence !== undefined) return `${error.property} ${sentence}`;
  const [child] = error.children ?? [];
  return child ? `${error.property}.${describe(child)}` : `${error.property} is not valid`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
