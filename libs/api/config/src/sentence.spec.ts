import { say, Sentence, sentenceOf } from './sentence';

const tooMany = (place: string, count: number) => say`${place} holds ${count} models.`;

describe('Sentence', () => {
  it('reads as it is written', () => {
    expect([tooMany('a', 5).text, say`none`.text, say`${1}${2}`.text, sentenceOf('plain').text]).toEqual(['a holds 5 models.', 'none', '12', 'plain']);
    expect(say`In S3: ${tooMany('a', 5)}`.text).toBe('In S3: a holds 5 models.');
  });

  it('is like another that says the same of the same', () => {
    expect(tooMany('a', 5).isLike(tooMany('a', 5))).toBe(true);
    expect(say`In S3: ${tooMany('a', 5)}`.isLike(say`In S3: ${tooMany('a', 5)}`)).toBe(true);
    expect(sentenceOf('plain').isLike(sentenceOf('plain'))).toBe(true);
  });

  it.each([
    ['of something else', tooMany('b', 5)],
    ['of another number', tooMany('a', 6)],
    ['of a number that is text', say`${'a'} holds ${'5'} models.`],
    ['something else', say`${'a'} lacks ${5} models.`],
    ['as much in one piece', sentenceOf('a holds 5 models.')],
    ['more', say`${'a'} holds ${5} models.${''}`],
    ['it of another sentence', say`${tooMany('a', 1)} holds ${5} models.`],
  ])('is not like one that says %s', (_, other: Sentence) => {
    expect([tooMany('a', 5).isLike(other), other.isLike(tooMany('a', 5))]).toEqual([false, false]);
  });
});
