import { NEUTRAL_PARAMETERS, type SamplingParameters } from '@tandem/shared/contracts';
import type { Dialect, ServerFailure } from './dialect';
import { isObject } from './json';

/** What a server complains of, and what to leave out for it. */
export interface Complaint {
  readonly omit: readonly string[];
  /** `field`: the server never takes these. `together`: not these beside one another. `value`: not as they are this time. */
  readonly kind: 'field' | 'together' | 'value';
  /** All that it named. */
  readonly named: readonly string[];
}

const REFUSES_FIELD = /unknown|unrecogni[sz]ed|unsupported|not supported|not support|not permitted|not allowed|unexpected|extra|additional/i;
const REFUSES_SOME_FIELD =
  /(?:extra|additional|unknown|unrecogni[sz]ed|unexpected|unsupported)\s{1,3}(?:\w{1,30}\s{1,3})?(?:field|input|param|argument|propert|key)|(?:field|input|parameter|argument|propert(?:y|ie)|key)s?\s{1,3}(?:\w{1,30}\s{1,3})?not\s{1,3}(?:permitted|allowed|supported)/i;
const NOT_TOGETHER =
  /\b(?:both|together|only one|either|at the same time|gleichzeitig|zugleich|ambos)\b|\b(?:simult|exclusive|combin|nur eine)|同时|同時|只能|à la fois|одновременно/i;
const NOT_THAT_VALUE = /range|between|at most|at least|less than|greater than|exceed|too (?:large|high|big|small|low|long)|[<>≤≥]/i;
const CONTEXT = /context|too long|too many tokens|(?:prompt|input|message)s? (?:length|size|tokens)/i;

/** OpenAI's own API knows none of these. */
const EXTENSIONS = ['top_k', 'repetition_penalty', 'repeat_penalty'];
/** Ordinary words: named only where the server says that it does not know a field. */
const PROSE = new Set(['model', 'messages', 'stream']);
/** Least missed first. */
const LEAST_MISSED = ['stream_options', 'min_p', 'repeat_last_n', 'repeat_penalty', 'repetition_penalty', 'seed', 'top_k', 'top_p', 'stop', 'temperature'];

const EXPRESSIONS = new Map<string, RegExp>();

/** `top_k` as servers write it: `topK`, `top-k`, `Top K`. Letters of other scripts may touch it. */
function expressionOf(field: string): RegExp {
  const known = EXPRESSIONS.get(field);
  if (known !== undefined) return known;
  const expression = new RegExp(`(?<![A-Za-z0-9_])${field.replaceAll('_', '[_\\s-]?')}(?![A-Za-z0-9_])`, 'i');
  EXPRESSIONS.set(field, expression);
  return expression;
}

/** Every field of a body that its request can do without, those of its options included, with their values. */
function dispensable(body: Readonly<Record<string, unknown>>, { fields, spare }: Pick<Dialect, 'fields' | 'spare'>): ReadonlyMap<string, unknown> {
  const inner = [body['options'], body['parameters']].filter(isObject).flatMap(Object.entries);
  const names = new Set([...Object.values(fields).flat(), ...spare]);
  return new Map([...Object.entries(body), ...inner].filter(([name]) => names.has(name)));
}

function isNeutral(field: string, value: unknown, { fields }: Pick<Dialect, 'fields'>): boolean {
  const parameter = (Object.keys(fields) as (keyof SamplingParameters)[]).find((name) => fields[name].includes(field));
  return parameter !== undefined && NEUTRAL_PARAMETERS[parameter] === value;
}

/** Of several, the one that changes least: what is off anyhow, or else what is least missed. */
export function leastMissed(named: readonly string[], body: Readonly<Record<string, unknown>>, dialect: Pick<Dialect, 'fields' | 'spare'>): string | undefined {
  const values = dispensable(body, dialect);
  const neutral = named.find((field) => isNeutral(field, values.get(field), dialect));
  return neutral ?? [...named].sort((one, other) => rank(one) - rank(other))[0];
}

function rank(field: string): number {
  const index = LEAST_MISSED.indexOf(field);
  return index < 0 ? LEAST_MISSED.length : index;
}

/** What a refusal of this body complains of, whatever its words and its language; null where no field helps. */
export function readComplaint(
  { message, status = 400, type = '', words = '' }: ServerFailure,
  body: Readonly<Record<string, unknown>>,
  dialect: Pick<Dialect, 'fields' | 'spare'>,
): Complaint | null {
  const said = `${message} ${type} ${words}`;
  if (CONTEXT.test(said)) return null;
  const sent = [...dispensable(body, dialect).keys()];
  const isUnknown = REFUSES_FIELD.test(said);
  if (status >= 500 && !isUnknown && !NOT_TOGETHER.test(said)) return null;
  const named = sent.filter((field) => expressionOf(field).test(said) && (isUnknown || !PROSE.has(field)));
  const extensions = sent
    .filter((field) => EXTENSIONS.includes(field) || dialect.spare.includes(field))
    .filter((field) => !PROSE.has(field) && field !== 'stream_options');
  if (named.length === 0) return REFUSES_SOME_FIELD.test(said) && extensions.length > 0 ? { omit: extensions, kind: 'field', named: extensions } : null;
  if (named.length > 1 && (NOT_TOGETHER.test(said) || !isUnknown)) {
    const one = leastMissed(named, body, dialect);
    return one === undefined ? null : { omit: [one], kind: 'together', named };
  }
  if (isUnknown) {
    // Servers name one field at a time; one that does not know the first of these knows none.
    const isOpenAi = named.some((field) => EXTENSIONS.includes(field));
    return { omit: isOpenAi ? [...new Set([...extensions, ...named])] : named, kind: 'field', named };
  }
  if (!NOT_THAT_VALUE.test(said)) return { omit: named, kind: 'field', named };
  // whoever asked for too long an answer can ask for a shorter one
  return named.every((field) => dialect.fields.max_tokens.includes(field)) ? null : { omit: named, kind: 'value', named };
}
