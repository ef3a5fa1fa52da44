import { type Change, changesOf, wholeChange } from './changes';
import { type Unit } from './unit';

/** A unit for each letter. */
const letters = (text: string): readonly Unit[] => [...text].map((key, at) => ({ begin: at, end: at + 1, key }));

/** `begin-end>begin-end` of each change. */
const told = (changes: readonly Change[] | undefined): readonly string[] | undefined =>
  changes?.map(({ baseline, derivative }) => `${baseline.begin}-${baseline.end}>${derivative.begin}-${derivative.end}`);

const numbered = (name: string, count: number): readonly Unit[] => Array.from({ length: count }, (_, at) => ({ begin: at, end: at + 1, key: name + at }));

describe('the changes between two lists', () => {
  it.each<[string, string, readonly string[]]>([
    ['', '', []],
    ['abc', 'abc', []],
    ['abc', 'axc', ['1-2>1-2']],
    ['abc', 'abcd', ['3-3>3-4']],
    ['abc', 'bc', ['0-1>0-0']],
    ['', 'ab', ['0-0>0-2']],
    ['ab', '', ['0-2>0-0']],
    ['abc', 'xyz', ['0-3>0-3']],
    ['abcde', 'axcye', ['1-2>1-2', '3-4>3-4']],
    ['abcde', 'acdxye', ['1-2>1-1', '4-4>3-5']],
  ])('are the fewest, what is removed and added in one place as one: %j and %j', (baseline, derivative, changes) => {
    expect(told(changesOf(letters(baseline), letters(derivative)))).toEqual(changes);
  });

  it('are found by keys alone, wherever units stand', () => {
    const moved = letters('abc').map((unit) => ({ ...unit, begin: unit.begin + 7, end: unit.end + 7 }));
    expect(changesOf(letters('abc'), moved)).toEqual([]);
  });

  it('are looked for up to 1,000 units that are added or removed, and given up beyond', () => {
    expect(told(changesOf(numbered('a', 500), numbered('b', 500)))).toEqual(['0-500>0-500']);
    expect(changesOf(numbered('a', 501), numbered('b', 500))).toBeUndefined();
  });

  it('are found between lists of any length that are alike but for a few', () => {
    const [baseline, derivative] = [numbered('a', 20_000), [...numbered('a', 19_999), ...numbered('b', 1)]];
    expect(told(changesOf(baseline, derivative))).toEqual(['19999-20000>19999-20000']);
  });
});

describe('one change for all', () => {
  it.each<[string, string, string]>([
    ['abcde', 'axye', '1-4>1-3'],
    ['abc', 'abc', '3-3>3-3'],
    ['', 'ab', '0-0>0-2'],
    ['aa', 'aaa', '2-2>2-3'],
    ['abab', 'ab', '2-4>2-2'],
    ['abc', 'xyz', '0-3>0-3'],
  ])('is what is between the begin and the end that %j and %j share, which never overlap', (baseline, derivative, change) => {
    expect(told([wholeChange(letters(baseline), letters(derivative))])).toEqual([change]);
  });
});
