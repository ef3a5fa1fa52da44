import { Latest } from './latest';

describe('Latest', () => {
  it('is what was begun last, until something else is', () => {
    const latest = new Latest();
    const first = latest.begin();
    expect(first()).toBe(true);
    const second = latest.begin();
    expect([first(), second()]).toEqual([false, true]);
    expect([first(), second()]).toEqual([false, true]);
  });
});
