import { growthOf, LINEAR } from '@tandem/testing';
import { firstDifference } from './first-difference';
import { lengthDifference } from './length-difference';
import { piecesOf } from './words';

const FAMILY = '👨‍👩‍👧';

describe('piecesOf', () => {
  it('cuts words, numbers and signs, and leaves out white space', () => {
    const pieces = [...piecesOf('It costs\n3.50 euros, not 4.')];
    expect(pieces.map(({ text }) => text)).toEqual(['It', 'costs', '3.50', 'euros', ',', 'not', '4', '.']);
    expect(pieces.filter(({ isWord }) => !isWord).map(({ text }) => text)).toEqual([',', '.']);
  });

  it('keeps a family whole', () => {
    expect([...piecesOf(`a ${FAMILY} b`)].map(({ text }) => text)).toEqual(['a', FAMILY, 'b']);
  });
});

describe('firstDifference', () => {
  it.each([
    ['The cat sat on the mat.', 'The dog sat on a mat.', { word: 2, baseline: 'cat', derivative: 'dog' }],
    ['It costs 3.50 euros, not 4.', 'It costs 3.75 euros, not 4!', { word: 3, baseline: '3.50', derivative: '3.75' }],
    ['It costs 3.50 euros, not 4.', 'It costs 3.50 euros, not 4!', { word: 6, baseline: '.', derivative: '!' }],
    ['良い', '悪い', { word: 1, baseline: '良い', derivative: '悪い' }],
    [`a ${FAMILY}`, 'a 👨‍👩‍👦', { word: 1, baseline: FAMILY, derivative: '👨‍👩‍👦' }],
  ])('of %j and %j is a whole word, number or character', (baseline, derivative, difference) => {
    expect(firstDifference(baseline, derivative)).toEqual(difference);
  });

  it('is where the shorter text has ended', () => {
    expect(firstDifference('one two', 'one two three')).toEqual({ word: 3, baseline: null, derivative: 'three' });
    expect(firstDifference('one!', 'one')).toEqual({ word: 1, baseline: '!', derivative: null });
    expect(firstDifference('', 'one')).toEqual({ word: 1, baseline: null, derivative: 'one' });
  });

  it.each([
    ['A river.', 'A lake.', 2],
    ['cat', 'cats', 1],
    ['Hello world', 'Hello, world', 2],
    ['東京は大きい', '東京は小さい', 3],
  ])('of %j and %j is word %s', (one, other, word) => {
    expect([firstDifference(one, other)?.word, firstDifference(other, one)?.word]).toEqual([word, word]);
  });

  it('is found at the end of a long answer by one way through it', () => {
    const answers = (words: number) => ['a', 'b'].map((end) => `${'word '.repeat(words)}${end}`) as [string, string];
    const find = ([one, other]: [string, string]) => firstDifference(one, other);
    expect(find(answers(20_000))?.word).toBe(20_001);
    expect(growthOf(find, answers, 100_000)).toBeLessThan(LINEAR);
  });

  it('is 1 for a sign before the first word', () => {
    expect(firstDifference('(a)', '[a]')).toEqual({ word: 1, baseline: '(', derivative: '[' });
  });

  it('is none where only white space differs', () => {
    expect(firstDifference('one\n\ntwo ', 'one two')).toBeNull();
    expect(firstDifference('', '')).toBeNull();
  });
});

describe('lengthDifference', () => {
  it('is a share of the baseline, in code points', () => {
    expect(lengthDifference('12345678', '1234567')).toBe(-0.125);
    expect(lengthDifference('👪👪', '👪👪👪')).toBe(0.5);
    expect(lengthDifference('same', 'size')).toBe(0);
  });

  it('is not known where there is nothing to compare with', () => {
    expect(lengthDifference('', 'a')).toBeNull();
  });
});
