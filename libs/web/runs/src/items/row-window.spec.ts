import { windowOf } from './row-window';

const look = { height: 600, rowHeight: 60, rows: 10_000 };

describe('windowOf', () => {
  it.each([
    ['the list lies below the screen', -5_000, { from: 0, to: 16 }],
    ['it begins half way down', -300, { from: 0, to: 16 }],
    ['it fills the screen', 0, { from: 0, to: 19 }],
    ['its middle is looked at', 300_000, { from: 4_992, to: 5_019 }],
    ['its end is', 599_400, { from: 9_982, to: 10_000 }],
    ['it was scrolled past', 900_000, { from: 9_984, to: 10_000 }],
  ])('makes the rows in view and some beyond, where %s', (_, above, rows) => {
    expect(windowOf({ ...look, above })).toEqual(rows);
  });

  it('makes all of a short list', () => {
    expect(windowOf({ ...look, above: 0, rows: 3 })).toEqual({ from: 0, to: 3 });
    expect(windowOf({ ...look, above: 0, rows: 0 })).toEqual({ from: 0, to: 0 });
  });

  it('never makes more than fit and some beyond', () => {
    for (let above = -1_000; above < 700_000; above += 777) {
      const { from, to } = windowOf({ ...look, above });
      expect(to - from).toBeLessThanOrEqual(27);
    }
  });
});
