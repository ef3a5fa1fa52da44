import { checkSize, fieldsOf, nameOr, numberOr, parseFile, textAt, timeAt } from './file-fields';

describe('what stands in a file', () => {
  it.each([
    [() => textAt({ title: 1 }, 'title', ''), 'This file is damaged: title must be text. Nothing was imported.'],
    [() => textAt({}, 'text', 'turns[2]'), 'This file is damaged: turns[2].text must be text. Nothing was imported.'],
    [() => timeAt({ at: 'noon' }, 'at', ''), 'This file is damaged: at must be a time, as in 2026-11-20T12:00:00Z. Nothing was imported.'],
    [() => parseFile('{"a":'), 'This file is not JSON, or only a part of it. Nothing was imported.'],
    [() => checkSize(200_000_001), 'This file has 201 MB, and 200 MB can be imported at once. Nothing was imported.'],
  ])('is refused by its place: %#', (read, words) => expect(read).toThrow(words));

  it('is taken where it is sound, and else what stands for it', () => {
    expect([textAt({ a: 'b' }, 'a', ''), timeAt({ at: '1970-01-01T00:00:01Z' }, 'at', '')]).toEqual(['b', 1_000]);
    expect([nameOr('n'.repeat(2_000), null)?.length, nameOr(1, null)]).toEqual([1_000, null]);
    expect([1, -1, NaN, '1', 2 ** 60].map((value) => numberOr(value, null))).toEqual([1, null, null, null, null]);
    expect([{}, [], null, 'a'].map((value) => fieldsOf(value) !== undefined)).toEqual([true, false, false, false]);
  });
});
