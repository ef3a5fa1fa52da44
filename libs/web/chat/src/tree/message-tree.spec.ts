import { answer, asMap, question } from '../testing/records';
import { isOnTheWay, leafBelow, newestOf, pathTo } from './message-tree';

/** q1 ─ a2 ┬ q3 ─ a4
 *          └ q5 ┬ a6
 *               └ a7 */
const TREE = asMap(
  question('q5', 'a2'),
  answer('a7', 'q5'),
  question('q1', null),
  answer('a2', 'q1'),
  question('q3', 'a2'),
  answer('a4', 'q3'),
  answer('a6', 'q5'),
);

const ids = (leaf: string | null): string[] => pathTo(TREE, leaf).map(({ message }) => message.id);

describe('pathTo', () => {
  it('goes from the first message to the leaf', () => {
    expect(ids('a4')).toEqual(['q1', 'a2', 'q3', 'a4']);
    expect(ids('a6')).toEqual(['q1', 'a2', 'q5', 'a6']);
  });

  it('knows the branches beside each message, the oldest first', () => {
    expect(pathTo(TREE, 'a7').map(({ branches }) => branches)).toEqual([['q1'], ['a2'], ['q3', 'q5'], ['a6', 'a7']]);
  });

  it.each([null, 'gone'])('is empty for the leaf %s', (leaf) => {
    expect(ids(leaf)).toEqual([]);
  });
});

describe('leafBelow', () => {
  it.each([
    ['q1', 'a7'],
    ['q3', 'a4'],
    ['a6', 'a6'],
  ])('goes on from %s with the newest: %s', (from, leaf) => {
    expect(leafBelow(TREE, from)).toBe(leaf);
  });
});

describe('isOnTheWay', () => {
  it.each([
    ['a2', 'a7', true],
    ['a7', 'a7', true],
    [null, 'a7', true],
    ['q3', 'a7', false],
    ['a7', 'a2', false],
  ])('of %s to %s: %s', (id, leaf, expected) => {
    expect(isOnTheWay(TREE, id, leaf)).toBe(expected);
  });
});

it('finds the newest message', () => {
  expect(newestOf(TREE)).toBe('a7');
  expect(newestOf(asMap())).toBeNull();
});
