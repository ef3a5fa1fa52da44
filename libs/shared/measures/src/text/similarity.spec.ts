import { randomNumbers } from '../testing/random';
import { chrF } from './chr-f';
import { editSimilarity } from './edit-similarity';
import { rougeL } from './rouge-l';

const CAT = 'The cat sat on the mat.';
const DOG = 'The dog sat on a mat.';

describe('the similarities of two answers', () => {
  it('have the reference values', () => {
    const { distance, similarity } = editSimilarity(CAT, DOG) ?? { distance: 0, similarity: 0 };
    expect(distance).toBe(6);
    expect(similarity).toBeCloseTo(0.73913, 5);
    expect(rougeL(CAT, DOG)).toBeCloseTo(0.66667, 5);
    expect(100 * chrF(CAT, DOG)).toBeCloseTo(32.4076, 4);
  });

  it.each(['', 'a', CAT, '良い 👨‍👩‍👧'])('are whole of %j and itself', (text) => {
    expect(editSimilarity(text, text)).toEqual({ distance: 0, similarity: 1 });
    expect(rougeL(text, text)).toBe(1);
    if (text !== '') expect(chrF(text, text)).toBeCloseTo(1, 12);
  });

  it('are nothing of texts that share nothing', () => {
    expect(editSimilarity('abc', 'xyz')).toEqual({ distance: 3, similarity: 0 });
    expect(editSimilarity('', 'xyz')).toEqual({ distance: 3, similarity: 0 });
    expect([rougeL('abc', 'xyz'), chrF('abc', 'xyz'), rougeL('', 'x'), chrF('', 'x'), chrF('', '')]).toEqual([0, 0, 0, 0, 0]);
  });

  it('are of characters, not of the halves that they are written in', () => {
    expect(editSimilarity('👪', '🐪')?.distance).toBe(1);
  });

  it('are not told where texts differ over too long a stretch, and are where they differ in one place', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `w${index} `).join('');
    const reversed = text.split(' ').reverse().join(' ');
    expect([editSimilarity(text, reversed), rougeL(text, reversed)]).toEqual([null, null]);
    expect(editSimilarity(text, `${text.slice(0, 50_000)}!${text.slice(50_000)}`)?.distance).toBe(1);
  });

  it('agree with a plain recursion over random texts', () => {
    const random = randomNumbers(23);
    const randomText = () => Array.from({ length: Math.floor(random() * 7) }, () => 'abc '[Math.floor(random() * 4)]).join('');
    for (let round = 0; round < 300; round++) {
      const [ours, theirs] = [randomText(), randomText()];
      expect(editSimilarity(ours, theirs)?.distance).toBe(plainDistance(ours, theirs));
    }
  });
});

function plainDistance(ours: string, theirs: string): number {
  if (ours === '' || theirs === '') return ours.length + theirs.length;
  if (ours[0] === theirs[0]) return plainDistance(ours.slice(1), theirs.slice(1));
  return 1 + Math.min(plainDistance(ours.slice(1), theirs), plainDistance(ours, theirs.slice(1)), plainDistance(ours.slice(1), theirs.slice(1)));
}
