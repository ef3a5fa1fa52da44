import { sayProgress } from './say-progress';

describe('sayProgress', () => {
  it.each([
    [undefined, 'converting'],
    [0, 'converting 0 %'],
    [0.999, 'converting 99 %'],
    [1, 'converting 100 %'],
  ])('%s: %s', (progress, words) => expect(sayProgress('converting', progress)).toBe(words));
});
