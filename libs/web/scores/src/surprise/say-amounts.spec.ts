import { sayKl, sayShare, sayToken } from './say-amounts';

describe('what is said of an amount', () => {
  it.each([
    [1, '100 %'],
    [0.413, '41 %'],
    [0.0134, '1.3 %'],
    [0.000_34, '0.034 %'],
    [1e-9, '< 0.0001 %'],
    [0, '0 %'],
  ])('of a share of %d is %s', (share, words) => {
    expect(sayShare(share)).toBe(words);
  });

  it('calls a lower bound one', () => {
    expect(sayKl(1.1374, 'lower_bound')).toBe('≥ 1.137');
    expect(sayKl(0.00012, 'exact')).toBe('0.0001');
  });

  it('shows white space', () => {
    expect(sayToken(' the\n\tend')).toBe('␣the↵⇥end');
  });
});
