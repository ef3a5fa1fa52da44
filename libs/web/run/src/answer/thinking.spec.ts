import { growthOf, LINEAR } from '@tandem/testing/growth';
import { withoutTags } from './thinking';

describe('withoutTags', () => {
  it.each([
    ['<think>\nHm.\n</think>\n', 'Hm.'],
    ['  <think> Hm', 'Hm'],
    ['Hm. </think>', 'Hm.'],
    [' Hm. ', ' Hm. '],
    ['a <think> b </think> c', 'a <think> b </think> c'],
  ])('reads %j as %j', (thoughts, shown) => {
    expect(withoutTags(thoughts)).toBe(shown);
  });

  it('goes over spaces without end once', () => {
    expect(growthOf(withoutTags, (size) => `a${' '.repeat(size)}b`, 120_000)).toBeLessThan(LINEAR);
  });
});
