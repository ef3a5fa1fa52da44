import type { PromptCheck } from '@tandem/shared/contracts';
import { PATIENCE_MS } from '@tandem/testing';
import { compileRegex } from './compile-regex';
import { compileSchema } from './compile-schema';
import { CompiledChecks } from './compiled-checks';
import { withinTime } from './within-time';

describe('compileRegex', () => {
  it.each([
    ['a.c', 'xabcx', true],
    ['^a', 'ba', false],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['(?i)straße', 'STRASSE', false],
    ['(?i)ja', 'JA', true],
    ['\\p{L}{3}', 'äöü', true],
    ['^.$', '😀', true],
    ['', 'anything', true],
  ])('%j over %j: %s', (expression, text, expected) => {
    expect(compileRegex(expression)(text)).toBe(expected);
  });

  it.each(['(', '[a', '*', '(?=a)', '(?!a)', '(?<=a)b', '(a)\\1'])('does not take %j, which is none of RE2', (expression) => {
    expect(() => compileRegex(expression)).toThrow();
  });

  it('gives the same answer each time, whatever was asked before', () => {
    const matches = compileRegex('a');
    expect(['a', 'a', 'b', 'a'].map(matches)).toEqual([true, true, false, true]);
  });
});

describe('compileSchema', () => {
  it.each<[object | boolean, unknown, boolean]>([
    [true, 7, true],
    [false, 7, false],
    [{ type: 'object', required: ['a'] }, { a: null }, true],
    [{ type: 'object', required: ['a'] }, {}, false],
    [{ type: 'array', prefixItems: [{ type: 'string' }], items: false }, ['a'], true],
    [{ type: 'array', prefixItems: [{ type: 'string' }], items: false }, ['a', 'b'], false],
    [{ enum: ['yes', 'no'] }, 'maybe', false],
    [{ const: { a: [1] } }, { a: [1] }, true],
    [{ type: 'string', pattern: '^(?i)yes$' }, 'YES', true],
    [{ type: 'string', format: 'email' }, 'nobody', true],
    [{ $defs: { n: { type: 'integer' } }, properties: { a: { $ref: '#/$defs/n' } } }, { a: 1.5 }, false],
    [{ type: 'object', 'x-note': 'of another tool' }, {}, true],
  ])('%j of %j: %s', (schema, value, expected) => {
    expect(compileSchema(schema)(value)).toBe(expected);
  });

  it.each<object>([{ type: 'text' }, { required: 'a' }, { $ref: '#/$defs/none' }, { $ref: 'https://example.org/schema' }, { pattern: '(a)\\1' }])(
    'does not take %j',
    (schema) => {
      expect(() => compileSchema(schema)).toThrow();
    },
  );
});

describe('CompiledChecks', () => {
  const regex = (value: string): PromptCheck => ({ type: 'regex', value });

  it('make each expression and each schema once', () => {
    const compiled = new CompiledChecks();
    expect(compiled.regexOf(regex('a+'))).toBe(compiled.regexOf(regex('a+')));
    expect(compiled.regexOf(regex('a+'))).not.toBe(compiled.regexOf(regex('b+')));
    const schema = (): PromptCheck => ({ type: 'json_schema', value: { type: 'object', required: ['a'] } });
    expect(compiled.schemaOf(schema())).toBe(compiled.schemaOf(schema()));
  });

  it('keep the last 500, and make the others anew', () => {
    const compiled = new CompiledChecks();
    const first = compiled.regexOf(regex('x0'));
    for (let n = 1; n < 500; n++) compiled.regexOf(regex(`x${n}`));
    expect(compiled.regexOf(regex('x0'))).toBe(first);
    compiled.regexOf(regex('x500'));
    expect(compiled.regexOf(regex('x0'))).not.toBe(first);
    expect(compiled.regexOf(regex('x0'))('x0')).toBe(true);
  });

  it('keep nothing of what does not compile', () => {
    const compiled = new CompiledChecks();
    for (const _ of [1, 2]) expect(() => compiled.regexOf(regex('('))).toThrow();
  });
});

describe('withinTime', () => {
  it('gives what the work gives, and throws what it throws', () => {
    const thrown = new Error('no');
    expect(withinTime(PATIENCE_MS, () => 7)).toBe(7);
    expect(() =>
      withinTime(PATIENCE_MS, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });

  it('ends what does not end, and does the next work as if nothing had been', () => {
    expect(() =>
      withinTime(5, () => {
        for (;;);
      }),
    ).toThrow();
    expect(withinTime(PATIENCE_MS, () => 'next')).toBe('next');
  });
});
