import { sayPrice } from './card-words';

describe('sayPrice', () => {
  it.each([
    [{ input: 0.5, output: 1.5, currency: 'USD', unit: '1M tokens' }, '$0.50 in, $1.50 out per 1M tokens'],
    [{ input: 0, output: 0.000125, currency: 'EUR', unit: '1K tokens' }, '€0.00 in, €0.000125 out per 1K tokens'],
    [{ input: 3, output: 12.5, currency: 'credits', unit: '1M tokens' }, '3 credits in, 12.5 credits out per 1M tokens'],
    [null, ''],
  ])('%j is said as "%s"', (price, words) => expect(sayPrice(price)).toBe(words));
});
