import { type ModelCard, type Price } from '@tandem/shared/contracts';
import { sayCost } from './cost';

const USAGE = { prompt_tokens: 10, completion_tokens: 64, total_tokens: 74 };
const card = (price: Partial<Price>): ModelCard => ({ id: 'm', price: { input: 0.5, output: 1.5, currency: 'USD', unit: '1M tokens', ...price } }) as ModelCard;

describe('what an answer cost', () => {
  it.each<[Partial<Price>, string]>([
    [{}, '$0.000101 an answer ($0.50 in, $1.50 out per 1M tokens)'],
    [{ input: 0.0005, output: 0.0015, unit: '1K tokens' }, '$0.000101 an answer ($0.50 in, $1.50 out per 1M tokens)'],
    [{ input: 1, output: 2, unit: '1,000 tokens' }, '$0.138 an answer ($1,000.00 in, $2,000.00 out per 1M tokens)'],
    [{ currency: 'credits' }, '0.000101 credits an answer (0.5 credits in, 1.5 credits out per 1M tokens)'],
    [{ input: 0, output: 0 }, '$0 an answer ($0.00 in, $0.00 out per 1M tokens)'],
    [{ unit: 'request' }, ''],
  ])('by %j is said as %j', (price, words) => expect(sayCost(card(price), USAGE)).toBe(words));

  it('is not said where it is not known', () => {
    expect(sayCost(card({}), undefined)).toBe('');
    expect(sayCost({ id: 'm', price: null } as ModelCard, USAGE)).toBe('');
    expect(sayCost(undefined, USAGE)).toBe('');
  });
});
