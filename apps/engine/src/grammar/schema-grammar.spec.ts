import { grammarOf } from './grammar-of';

const many = <Item>(count: number, item: (n: number) => Item): Item[] => Array.from({ length: count }, (_, n) => item(n));
const grammar = (schema: unknown): string => grammarOf({ type: 'json_schema', schema });
const record = (count: number, value: (n: number) => unknown) => Object.fromEntries(many(count, (n) => [`p${n}`, value(n)]));
const needing = (count: number, value: (n: number) => unknown) => ({ type: 'object', properties: record(count, value), required: many(count, (n) => `p${n}`) });
/** So many readings llama.cpp has to follow at the most at one character. */
const widestRule = (text: string): number => Math.max(...text.split('\n').map((line) => line.split(' | ').length));
const nested = (levels: number, around: (inner: object) => object): object =>
  many(levels, () => around).reduce<object>((inner, wrap) => wrap(inner), { type: 'integer' });
const either = (...alternatives: object[]): object => ({ anyOf: alternatives });

const E = { $ref: '#/$defs/e' };
const tagged = (tag: string, properties: object) => ({
  type: 'object',
  properties: { op: { const: tag }, ...properties },
  required: ['op', ...Object.keys(properties)],
});
const list = (more: object) => ({ type: 'array', items: E, ...more });

describe('a grammar', () => {
  it('has values share their beginnings, so that few are followed at once', () => {
    const text = grammar({ enum: many(6_000, (n) => `value ${n}`) });
    expect(widestRule(text)).toBeLessThanOrEqual(11);
    expect(text.match(/\\"value "/g)).toHaveLength(1);
  });

  it('makes one class of characters that end values alike', () => {
    expect(grammar({ enum: many(5_000, (n) => String.fromCodePoint(0x4e00 + n)) })).toContain('root ::= rule-1\n');
    expect(grammar({ enum: ['a', 'b', 'c', 'x'] })).toContain('"\\"" rule-2\n');
    expect(grammar({ enum: ['a', 'b', 'c', 'x'] })).toContain('rule-2 ::= [\\U00000061-\\U00000063\\U00000078] "\\""\n');
  });

  it('takes the values of all alternatives together', () => {
    expect(widestRule(grammar({ anyOf: many(500, (n) => ({ const: `k${n}`, title: `the ${n}th` })) }))).toBeLessThanOrEqual(11);
  });

  it('counts the characters of all texts with the same rules', () => {
    const counted = (count: number) => grammar(needing(count, (n) => ({ type: 'string', minLength: 500 - n, maxLength: 500 })));
    expect(
      counted(400)
        .split('\n')
        .filter((line) => /^(chars|exactly)-/.test(line)).length,
    ).toBeLessThanOrEqual(1_000);
    expect(counted(400)).not.toMatch(/\{\d{3}/);
  });

  it('is the same for schemas that differ in remarks', () => {
    const rules = (schema: object) => grammar(schema).split('\n').length;
    expect(rules(needing(40, (n) => ({ type: 'array', maxItems: 400, items: { type: 'null' }, description: `the ${n}th` })))).toBe(
      rules(needing(40, () => ({ type: 'array', maxItems: 400, items: { type: 'null' } }))),
    );
  });

  it.each<[string, object]>([
    [
      'a tree whose nodes a property tells apart',
      { $defs: { e: either(tagged('add', { left: E, right: E }), tagged('lit', { value: { type: 'number' } }), { type: 'null' }) }, ...E },
    ],
    [
      'a tree whose nodes their only names tell apart',
      {
        $defs: {
          e: either({ type: 'object', properties: { not: E }, required: ['not'] }, { type: 'object', properties: { and: list({}) }, required: ['and'] }),
        },
        ...E,
      },
    ],
    [
      'a tree whose nodes a later property tells apart',
      {
        $defs: {
          e: either(
            ...['a', 'b'].map((kind) => ({
              type: 'object',
              properties: { id: { type: 'string' }, kind: { const: kind }, in: E },
              required: ['id', 'kind', 'in'],
            })),
            { type: 'null' },
          ),
        },
        ...E,
      },
    ],
    ['a list of itself, or nothing', { $defs: { e: either(list({}), { type: 'null' }) }, ...E }],
    [
      'a page of itself',
      { type: 'object', properties: { tag: { enum: ['div', 'p'] }, children: { type: 'array', items: { $ref: '#' } } }, required: ['tag', 'children'] },
    ],
    ['200 levels', nested(200, (items) => ({ type: 'array', items }))],
    ['a thousand properties that must be there', needing(1_000, () => ({ type: 'boolean' }))],
  ])('is made for %s', (_, schema) => expect(grammar(schema)).toMatch(/^root ::= /));

  it.each<[string, object, RegExp]>([
    [
      'alternatives that begin alike and contain themselves',
      { $defs: { e: either(list({ minItems: 1 }), list({ minItems: 2 })) }, ...E },
      /at \/\$defs\/e alternatives that begin alike contain themselves/,
    ],
    [
      'the same in properties that may be left out',
      { $defs: { e: either(...['a', 'b'].map((name) => ({ type: 'object', properties: { [name]: E } }))) }, ...E },
      /alternatives that begin alike contain themselves/,
    ],
    ['the same beside anything', { $defs: { e: either(list({}), {}) }, ...E }, /alternatives that begin alike contain themselves/],
    [
      'many alternatives that begin alike',
      either(...many(129, (n) => ({ type: 'array', minItems: n, items: { type: 'null' } }))),
      /at its root more than 128 alternatives begin alike/,
    ],
    [
      'fewer that have fewer within them',
      either(
        ...many(12, (n) => ({ type: 'array', minItems: n, items: either(...many(12, (m) => ({ type: 'array', minItems: m, items: { type: 'null' } }))) })),
      ),
      /more than 128 alternatives begin alike/,
    ],
    [
      'fewer with a choice of properties',
      either(...many(12, (n) => ({ type: 'object', properties: record(12 + n, () => ({ type: 'null' })) }))),
      /more than 128 alternatives begin alike/,
    ],
    [
      'values that all differ in one character',
      { properties: { x: { enum: many(129, (n) => String.fromCodePoint(0x4e00 + n) + n) } } },
      /at \/properties\/x more than 128 values differ in the same character/,
    ],
    [
      'properties of which each may be left out',
      { type: 'object', properties: record(128, () => ({ type: 'null' })) },
      /at its root 128 or more properties in a row may be left out/,
    ],
    [
      'lists that are long in many ways',
      needing(60, (n) => ({ type: 'array', maxItems: 400 + n, items: { type: 'null' } })),
      /at \/properties\/p\d+ it is too large/,
    ],
    ['more values than can be meant', { enum: many(10_001, (n) => n) }, /enum has more than 10000 values/],
    ['values of too many characters', { enum: [many(300_000, () => 'x').join('')] }, /its values are too long/],
    ['a value that is too long', { const: many(300_000, () => 'x').join('') }, /its values are too long/],
    ['too many levels', nested(5_000, (items) => ({ type: 'array', items })), /it is nested deeper than 200 levels/],
    ['too many levels of alternatives', nested(5_000, (inner) => either(inner, { type: 'null' })), /it is nested deeper than 200 levels/],
  ])('is not made for %s', (_, schema, reason) => {
    expect(() => grammar(schema)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'response_format', message: expect.stringMatching(reason) as string }),
    );
  });
});
