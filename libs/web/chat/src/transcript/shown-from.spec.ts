import { asMap, question } from '../testing/records';
import { pathTo } from '../tree/message-tree';
import { shownFrom } from './shown-from';

const path = (count: number, text = 'x') => {
  const messages = Array.from({ length: count }, (_, n) => question(`q${n}`, n === 0 ? null : `q${n - 1}`, text));
  return pathTo(asMap(...messages), `q${count - 1}`);
};

describe('shownFrom', () => {
  it.each([
    ['all of a short conversation', 20, 'x', 20, 0],
    ['the last sixty messages', 200, 'x', 200, 140],
    ['sixty before those', 200, 'x', 140, 80],
    ['fewer where they are long', 200, 'x'.repeat(50_000), 200, 196],
    ['two of them, however long', 200, 'x'.repeat(500_000), 200, 198],
    ['nothing of nothing', 0, 'x', 0, 0],
  ])('shows %s', (_, count, text, end, from) => {
    expect(shownFrom(path(count, text), end)).toBe(from);
  });
});
