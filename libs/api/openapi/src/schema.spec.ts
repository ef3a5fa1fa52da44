import { count, flag, listOf, number, oneOf, orNull, record, text, time } from './schema';

describe('the words for schemas', () => {
  it.each([
    ['text', text('hello'), { type: 'string', example: 'hello' }],
    ['a number', number(0.5), { type: 'number', minimum: 0, example: 0.5 }],
    ['a count', count(4), { type: 'integer', minimum: 0, example: 4 }],
    ['a flag', flag(true), { type: 'boolean', example: true }],
    ['a time', time(), { type: 'string', format: 'date-time', example: '2026-11-20T14:30:00.000Z', description: 'ISO 8601, UTC' }],
    ['one of some words', oneOf(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    ['a list', listOf(text('hello')), { type: 'array', items: { type: 'string', example: 'hello' } }],
  ])('say %s, without a description where there is none', (_, schema, expected) => {
    expect(schema).toStrictEqual(expected);
  });

  it('describe what they are given a description for', () => {
    for (const schema of [
      text('', 'x'),
      number(1, 'x'),
      count(1, 'x'),
      flag(true, 'x'),
      time('x'),
      oneOf([], 'x'),
      listOf(text(''), 'x'),
      orNull(text(''), 'x'),
    ]) {
      expect(schema).toMatchObject({ description: 'x' });
    }
  });

  it('need every property of a record that is not said to be optional', () => {
    const schema = record('Thing', { one: text(''), other: text('') }, { optional: ['other'], description: 'A thing' });
    expect(schema).toMatchObject({ title: 'Thing', type: 'object', required: ['one'], description: 'A thing' });
  });

  it('say null beside a type, and beside a record that is kept by its name', () => {
    expect(orNull(count(1))).toMatchObject({ type: ['integer', 'null'], example: 1 });
    const thing = record('Thing', {});
    expect(orNull(thing)).toStrictEqual({ anyOf: [thing, { type: 'null' }] });
  });
});
