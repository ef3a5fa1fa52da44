import { compare, type Question } from './compare';
import { sayComparison } from './say-comparison';

const said = (baseline: string, derivative: string, by: Question['by'] = 'words'): readonly string[] => {
  const comparison = compare({ baseline, derivative, by });
  return [sayComparison(comparison, 'baseline').count, sayComparison(comparison, 'derivative').count];
};

describe('what is said of a comparison', () => {
  it.each<[string, string, Question['by'], string[]]>([
    ['The cat sat on the mat.', 'The dog sat on a mat.', 'words', ['2 words removed', '2 words added']],
    ['One two.', 'One two three.', 'words', ['nothing removed', '1 word added']],
    ['So it is.', 'So it is!', 'words', ['1 sign removed', '1 sign added']],
    ['One. Two.', 'One.', 'sentences', ['1 sentence removed', 'nothing added']],
    ['Same.', 'Same.', 'words', ['The two texts are the same.', 'The two texts are the same.']],
    ['Same. ', 'Same.', 'sentences', ['Only white space differs.', 'Only white space differs.']],
  ])('of %j and %j by %s', (baseline, derivative, by, words) => {
    expect(said(baseline, derivative, by)).toEqual(words);
  });

  it('is why it is not told by words', () => {
    const comparison = compare({ baseline: 'The sea is wide. It is cold.', derivative: 'High mountains rise up above us here. It is cold.', by: 'words' });
    expect(sayComparison(comparison, 'baseline').notes).toEqual(['More than half of the words differ: whole sentences are marked.']);
  });
});

describe('why it is not told by words', () => {
  const unlike = (word: string, count: number): string => Array.from({ length: count }, (_, at) => `${word}${at}${at % 9 === 8 ? '.\n' : ''}`).join(' ');
  const notes = (baseline: string, derivative: string, by: Question['by']): readonly string[] =>
    sayComparison(compare({ baseline, derivative, by }), 'derivative').notes;

  it.each<[string, number, Question['by'], string[]]>([
    ['few words', 9, 'sentences', []],
    ['more words than can be told apart', 2_000, 'words', ['Too many words differ to tell which: whole sentences are marked.']],
    [
      'more sentences than can be told apart',
      20_000,
      'sentences',
      ['Too many sentences differ to tell which: all between the first and the last of them is marked.'],
    ],
  ])('is said of %s', (_, count, by, said) => {
    expect(notes(unlike('a', count), unlike('b', count), by)).toEqual(said);
  });

  it('has large numbers in groups', () => {
    const [few, many] = ['One.', `One.\n${'Two.\n'.repeat(1_000)}`];
    expect(sayComparison(compare({ baseline: few, derivative: many, by: 'sentences' }), 'derivative').count).toBe('1,000 sentences added');
  });
});
