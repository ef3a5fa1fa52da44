import type { Schema } from './api-document';

export interface Values {
  /** At the edges of what the schema allows. */
  readonly allowed: readonly unknown[];
  /** Right behind them. */
  readonly refused: readonly unknown[];
}

const SMALL = 0.001;
const SOME = 3;

/** What a schema's range says must be taken, and what must not. */
export function valuesOf(schema: Schema): Values {
  // what is inside of an object has rules of its own
  if (schema['$ref'] !== undefined) return { allowed: [], refused: ['x', 1, null] };
  const types = [schema['type']].flat();
  const nullable = types.includes('null') ? [null] : [];
  if (Array.isArray(schema['enum'])) return { allowed: [...(schema['enum'] as unknown[]), ...nullable], refused: ['no such value'] };
  const { allowed, refused } = types.includes('array')
    ? listsOf(schema)
    : types.includes('string')
      ? textsOf(schema)
      : types.includes('boolean')
        ? flags
        : numbersOf(schema, types.includes('integer'));
  return { allowed: [...allowed, ...nullable], refused: [...refused, ...(nullable.length > 0 ? [] : [null])] };
}

const flags: Values = { allowed: [true, false], refused: ['perhaps', 1] };

function numbersOf({ minimum, exclusiveMinimum, maximum }: Schema, isInteger: boolean): Values {
  const step = isInteger ? 1 : SMALL;
  const least = typeof minimum === 'number' ? minimum : (exclusiveMinimum as number) + step;
  const below = typeof minimum === 'number' ? minimum - step : exclusiveMinimum;
  // behind the last safe integer there is no next one
  const above = Number.isSafeInteger((maximum as number) + 1) ? (maximum as number) + step : 2 ** 54;
  return { allowed: [least, maximum], refused: [below, above, 'many', ...(isInteger ? [least + 0.5] : [])] };
}

function textsOf({ minLength, maxLength, pattern }: Schema): Values {
  const longest = typeof maxLength === 'number' ? { allowed: ['x'.repeat(maxLength)], refused: ['x'.repeat(maxLength + 1)] } : { allowed: ['x'], refused: [] };
  return { allowed: longest.allowed, refused: [...longest.refused, ...(minLength === 1 ? [''] : []), ...(pattern === '\\S' ? [' \n'] : [])] };
}

/** Of other objects nobody knows here what they must be. */
const isMessages = (items: Schema): boolean => items['$ref'] === undefined || /Message$/.test(String(items['$ref']));

function listsOf({ items, minItems = 0, maxItems = SOME, uniqueItems }: Schema): Values {
  const inner =
    (items as Schema)['type'] === 'string'
      ? valuesOf(items as Schema)
      : (items as Schema)['type'] === 'integer'
        ? { allowed: [0], refused: [-1, 0.5, 'x'] }
        : !isMessages(items as Schema)
          ? { allowed: [], refused: ['x'] }
          : { allowed: [{ role: 'user', content: 'x' }], refused: [{ role: 'nobody', content: 'x' }, 'x'] };
  const many = (count: number): unknown[] =>
    Array.from({ length: count }, (_, n) => (uniqueItems === true ? `${String(inner.allowed[0])}${n}` : inner.allowed[0]));
  return {
    allowed: [...(inner.allowed.length > 0 ? [many(maxItems as number)] : []), ...(minItems === 0 ? [[]] : [])],
    // without an end of its own a list ends with the body's
    refused: [...(maxItems === SOME ? [] : [many((maxItems as number) + 1)]), ...(minItems === 0 ? [] : [[]]), ...inner.refused.map((one) => [one])],
  };
}
