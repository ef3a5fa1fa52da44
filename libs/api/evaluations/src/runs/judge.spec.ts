import { choiceIn, winnerOf } from './judge';

describe('a judge', () => {
  it.each([
    ['A', 'B', 'baseline'],
    ['B', 'A', 'derivative'],
    ['A', 'A', 'tie'],
    ['B', 'B', 'tie'],
    ['tie', 'A', 'tie'],
    ['tie', 'tie', 'tie'],
    [null, 'A', null],
    ['B', null, null],
  ] as const)('who says %s, and %s when the answers are turned, finds: %s', (straight, turned, winner) => {
    expect(winnerOf(straight, turned)).toBe(winner);
  });

  it.each([
    ['[[A]]', 'A'],
    ['Answer [[A]] is short.\n[[b]]', 'B'],
    ['[[TIE]]', 'tie'],
    ['A is better', null],
    ['Both are fine.\n\n**Verdict: B**\n', 'B'],
    ['The better answer is A.', 'A'],
    ['Final verdict: tie', 'tie'],
    ['Neither A nor B', null],
    ['Not A', null],
    ['Verdict: A\nB has more words.', null],
    ['Plan B', null],
    ['', null],
  ])('says with %j: %s', (text, choice) => {
    expect(choiceIn(text)).toBe(choice);
  });
});
