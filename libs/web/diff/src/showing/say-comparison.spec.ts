import { compare, type Question } from '../comparing/compare';
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
