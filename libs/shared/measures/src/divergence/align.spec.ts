import type { ByteRange } from '@tandem/shared/contracts';
import { randomNumbers } from '../testing/random';
import { alignByBytes } from './align';

/** Tokens that end at these bytes. */
const endingAt = (...ends: number[]): readonly ByteRange[] => ends.map((end, index) => [ends[index - 1] ?? 0, end]);

describe('alignByBytes', () => {
  it('cuts where both sides have a boundary', () => {
    expect(alignByBytes(endingAt(2, 5, 9, 10), endingAt(3, 5, 7, 8, 10))).toEqual([
      { bytes: [0, 5], baseline: [0, 2], derivative: [0, 2] },
      { bytes: [5, 10], baseline: [2, 4], derivative: [2, 5] },
    ]);
  });

  it('gives each token its own span where both cut alike', () => {
    const spans = alignByBytes(endingAt(1, 4, 4, 6), endingAt(1, 4, 4, 6));
    expect(spans.map(({ bytes }) => bytes)).toEqual(endingAt(1, 4, 4, 6));
    expect(spans.map(({ baseline }) => baseline[0])).toEqual([0, 1, 2, 3]);
  });

  it('keeps tokens without bytes with what follows, and at the end with what stands before', () => {
    expect(alignByBytes(endingAt(0, 2, 2), endingAt(1, 2))).toEqual([{ bytes: [0, 2], baseline: [0, 3], derivative: [0, 2] }]);
    expect(alignByBytes(endingAt(2), endingAt(2, 2, 2))).toEqual([{ bytes: [0, 2], baseline: [0, 1], derivative: [0, 3] }]);
  });

  it('has nothing to cut of nothing', () => {
    expect(alignByBytes([], [])).toEqual([]);
  });

  it('refuses two texts, gaps and overlaps', () => {
    expect(() => alignByBytes(endingAt(3), endingAt(4))).toThrow('cover 3 bytes and the derivative’s 4'.replace('’', "'"));
    expect(() =>
      alignByBytes(endingAt(3), [
        [0, 1],
        [2, 3],
      ]),
    ).toThrow('Token 1 of the derivative is of the bytes 2 to 3, but must begin at 1');
    expect(() =>
      alignByBytes(
        [
          [0, 2],
          [1, 3],
        ],
        endingAt(3),
      ),
    ).toThrow('Token 1 of the baseline');
  });

  it('finds exactly the common boundaries of random tokenisations', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 100; round++) {
      const length = 1 + Math.floor(random() * 60);
      const [ours, theirs] = [randomEnds(random, length), randomEnds(random, length)];
      const spans = alignByBytes(endingAt(...ours), endingAt(...theirs));
      expect(spans.map(({ bytes }) => bytes[1])).toEqual(ours.filter((end) => theirs.includes(end)));
      expect(spans.at(-1)).toMatchObject({ baseline: [expect.anything(), ours.length], derivative: [expect.anything(), theirs.length] });
      for (const [index, { bytes, baseline, derivative }] of spans.entries()) {
        expect([bytes[0], baseline[0], derivative[0]]).toEqual([
          spans[index - 1]?.bytes[1] ?? 0,
          spans[index - 1]?.baseline[1] ?? 0,
          spans[index - 1]?.derivative[1] ?? 0,
        ]);
      }
    }
  });
});

function randomEnds(random: () => number, length: number): number[] {
  const ends = Array.from({ length }, (_, index) => index + 1);
  return ends.filter((end) => end === length || random() < 0.4);
}
