import type { PromptCheck } from '@tandem/shared/contracts';
import { PATIENCE_MS } from '@tandem/testing';
import { readChecks } from './read-checks';

const LINE = 7;
const list = (count: number, check: object): object[] => Array<object>(count).fill(check);
const nested = (levels: number): unknown => JSON.parse(`${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}`);

describe('readChecks', () => {
  it.each<PromptCheck>([
    { type: 'exact', value: 'Paris' },
    { type: 'contains', value: ' Paris ' },
    { type: 'regex', value: '^\\d+$' },
    { type: 'regex', value: 'a'.repeat(1_000) },
    { type: 'json' },
    { type: 'json_schema', value: { type: 'object' } },
    { type: 'json_schema', value: true },
    { type: 'max_words', value: 0 },
    { type: 'max_words', value: 1_000_000 },
    { type: 'judge', value: 'some-model' },
  ])('takes %j, alone or in a list', (check) => {
    expect(readChecks(check, LINE, false)).toEqual([check]);
    expect(readChecks([check, { type: 'json' }], LINE, false)).toEqual([check, { type: 'json' }]);
  });

  it('takes exact without a value where there is a reference, and no checks at all', () => {
    expect(readChecks({ type: 'exact' }, LINE, true)).toEqual([{ type: 'exact' }]);
    expect(readChecks([], LINE, false)).toEqual([]);
    expect(readChecks(list(16, { type: 'json' }), LINE, false)).toHaveLength(16);
  });

  it.each<[string, unknown, string]>([
    ['a text', 'exact', 'check'],
    ['nothing', null, 'check'],
    ['a list in a list', [[]], 'check[0]'],
    ['a text in a list', [{ type: 'json' }, 'json'], 'check[1]'],
    ['no type', {}, 'check.type'],
    ['a type that only objects have', { type: 'constructor' }, 'check.type'],
    ['a type that is a list', { type: ['json'] }, 'check.type'],
    ['another field', { type: 'json', weight: 2 }, 'check.weight'],
    ['another field in a list', [{ type: 'json', weight: 2 }], 'check[0].weight'],
    ['more than 16', list(17, { type: 'json' }), 'check'],
    ['two judges', list(2, { type: 'judge', value: 'm' }), 'check'],
    ['exact with neither value nor reference', { type: 'exact' }, 'check.value'],
    ['exact with a blank value', { type: 'exact', value: ' \n' }, 'check.value'],
    ['exact with a number', { type: 'exact', value: 4 }, 'check.value'],
    ['exact with a text that is too long', { type: 'exact', value: 'a'.repeat(1_000_001) }, 'check.value'],
    ['contains without a value', { type: 'contains' }, 'check.value'],
    ['contains with nothing', { type: 'contains', value: '' }, 'check.value'],
    ['NUL', { type: 'contains', value: 'a\0' }, 'check.value'],
    ['half a character deep in a schema', { type: 'json_schema', value: { enum: ['\ud83d'] } }, 'check.value'],
    ['regex without a value', { type: 'regex' }, 'check.value'],
    ['regex with nothing', { type: 'regex', value: '' }, 'check.value'],
    ['regex that is too long', { type: 'regex', value: 'a'.repeat(1_001) }, 'check.value'],
    ['regex that looks ahead', { type: 'regex', value: 'a(?=b)' }, 'check.value'],
    ['regex that is not closed', { type: 'regex', value: '(a' }, 'check.value'],
    ['regex that repeats too much', { type: 'regex', value: 'a{1001}' }, 'check.value'],
    ['json with a value', { type: 'json', value: {} }, 'check.value'],
    ['json_schema without a value', { type: 'json_schema' }, 'check.value'],
    ['json_schema with a list', { type: 'json_schema', value: [] }, 'check.value'],
    ['json_schema with a text', { type: 'json_schema', value: '{}' }, 'check.value'],
    ['json_schema that is too long', { type: 'json_schema', value: { description: 'a'.repeat(65_536) } }, 'check.value'],
    ['json_schema that is nested 100,000 times', { type: 'json_schema', value: nested(100_000) }, 'check.value'],
    ['json_schema with an expression that could go back', { type: 'json_schema', value: { pattern: '(a)\\1' } }, 'check.value'],
    ['json_schema that leads nowhere', { type: 'json_schema', value: { $ref: '#/$defs/x' } }, 'check.value'],
    ['max_words without a value', { type: 'max_words' }, 'check.value'],
    ['max_words with a text', { type: 'max_words', value: '5' }, 'check.value'],
    ['max_words with half a word', { type: 'max_words', value: 1.5 }, 'check.value'],
    ['max_words below 0', { type: 'max_words', value: -1 }, 'check.value'],
    ['a judge without a model', { type: 'judge' }, 'check.value'],
  ])('refuses %s, with the line and the field', (_, value, field) => {
    expect(() => readChecks(value, LINE, false)).toThrow(expect.objectContaining({ status: 400, param: field, place: { line: LINE, field } }));
  });

  describe('a sound schema that cannot be made ready', () => {
    const wide = (properties: number) => ({
      type: 'json_schema',
      value: { properties: Object.fromEntries(Array.from({ length: properties }, (_, n) => [`p${n}`, { type: 'string' }])) },
    });

    it('is said to take too long where it does', () => {
      expect(() => readChecks(wide(200), LINE, false, 1)).toThrow(/takes more than 0\.001 s to be made ready/);
      expect(readChecks(wide(200), LINE, false, PATIENCE_MS)).toEqual([wide(200)]);
    });

    it('is said to have too many parts where it has', () => {
      expect(() => readChecks({ type: 'json_schema', value: nested(4_000) }, LINE, false, PATIENCE_MS)).toThrow(/has more parts than can be made ready/);
    });
  });
});
