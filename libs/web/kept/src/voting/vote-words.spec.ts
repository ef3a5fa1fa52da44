import { BLIND_CHOICES } from '@tandem/shared/contracts';
import { sayCounts } from './say-counts';
import { choiceOf, choiceOfKey, VOTE_BUTTONS, voteOf } from './vote-words';

describe('a vote', () => {
  it.each([
    ['left', false, 'baseline'],
    ['left', true, 'derivative'],
    ['right', false, 'derivative'],
    ['right', true, 'baseline'],
    ['tie', true, 'tie'],
    ['both_bad', false, 'both_bad'],
  ] as const)('for %s counts for who stands there (crossed: %s): %s', (choice, isCrossed, vote) => {
    expect(voteOf(choice, isCrossed)).toBe(vote);
    expect(choiceOf(vote, isCrossed)).toBe(choice);
  });

  it('has a button and a key of its own for every choice', () => {
    expect(VOTE_BUTTONS.map(({ value }) => value).sort()).toEqual([...BLIND_CHOICES].sort());
    expect(['1', '2', '0', '9', '3', ''].map(choiceOfKey)).toEqual(['left', 'right', 'tie', 'both_bad', undefined, undefined]);
  });
});

describe('the votes on a turn', () => {
  it.each([
    [{ baseline: 0, derivative: 0, tie: 0, both_bad: 0 }, ''],
    [{ baseline: 0, derivative: 1, tie: 0, both_bad: 0 }, '1 vote: 1 for Two Delta'],
    [{ baseline: 2, derivative: 1, tie: 1, both_bad: 3 }, '7 votes: 2 for Baseline, 1 for Two Delta, 1 tie, 3 both bad'],
    [{ baseline: 0, derivative: 0, tie: 2, both_bad: 0 }, '2 votes: 2 ties'],
  ])('%j are said as “%s”', (counts, words) => expect(sayCounts(counts)).toBe(words));
});
