import { chooseSequence, commonLength, type Kept } from './choose-sequence';

const kept = (tokens: number[], lastUse: number, conversation: string | null = null): Kept => ({ tokens, lastUse, conversation, owner: 'someone' });

describe('chooseSequence', () => {
  it.each<[string, Kept[], number[], string | null, number]>([
    ['takes the longest common beginning', [kept([1, 2], 3), kept([1, 2, 3], 2), kept([1], 1)], [1, 2, 3, 4], null, 1],
    ['takes an empty one where nothing matches', [kept([5, 6], 1), kept([], 2)], [1, 2], null, 1],
    ['takes the least recently used where nothing matches and none is empty', [kept([5], 2), kept([6], 1), kept([7], 3)], [1], null, 1],
    ['spares a stranger who would lose more than half', [kept([1, 5, 6, 7], 1), kept([], 2)], [1, 2, 3], null, 1],
    ['cuts its own conversation as far as needed', [kept([1, 5, 6, 7], 1, 'mine'), kept([], 2)], [1, 2, 3], 'mine', 0],
    ['knows its own conversation among equals of others', [kept([1, 2, 3, 4, 5, 6], 1, 'other'), kept([1, 2, 9, 9, 9], 2, 'mine')], [1, 2, 5], 'mine', 1],
    ['prefers the older of two that match alike', [kept([1, 2], 2), kept([1, 2], 1)], [1, 2, 3], null, 1],
    ['continues a shorter prompt from a longer past', [kept([1, 2, 3, 4], 1), kept([], 0)], [1, 2, 3], null, 0],
    ['finds none among none', [], [1], null, -1],
  ])('%s', (_title, free, tokens, conversation, index) => {
    expect(chooseSequence(free, { tokens, conversation, owner: 'someone' })).toBe(index);
  });
});

it('takes a conversation of that name for its own only where it is of the same owner', () => {
  const free = [kept([1, 5, 6, 7], 1, 'mine'), kept([], 2)];
  expect(chooseSequence(free, { tokens: [1, 2, 3], conversation: 'mine', owner: 'someone else' })).toBe(1);
});

describe('commonLength', () => {
  it.each([
    [[], [], 0],
    [[1], [], 0],
    [[1, 2], [1, 3], 1],
    [[1, 2], [1, 2, 3], 2],
  ])('%j and %j', (one, other, length) => expect(commonLength(one, other)).toBe(length));
});
