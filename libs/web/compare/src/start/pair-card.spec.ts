import { type ModelCard } from '@tandem/shared/contracts';
import { type ModelOption } from '@tandem/web/model-status';
import { sayModel, sayRelation } from './pair-card';
import { TESTING_PROMPTS } from './sample-prompts';

const card = (id: string, baseline_id: string | null = null): ModelCard => ({ id, title: id, baseline_id }) as ModelCard;

it.each([
  [card('a'), card('b', 'a'), 'b derives from a.'],
  [card('b', 'a'), card('a'), 'b derives from a.'],
  [card('b', 'a'), card('c', 'a'), 'Both derive from the same model.'],
  [card('a'), card('b'), 'Neither names the other as its baseline.'],
  [card('a'), card('a'), 'The same model on both sides: choose another one above.'],
])('says how two models belong together', (left, right, words) => expect(sayRelation(left, right)).toBe(words));

it('says what of a model matters before it is asked', () => {
  const option = { health: 'healthy', card: { ...card('a'), context_length: 8192, price: { input: 0.15, output: 0.6, currency: 'USD', unit: '1M tokens' } } };
  expect(sayModel(option as unknown as ModelOption)).toBe('healthy · 8,192 tokens of context · $0.15 in, $0.60 out per 1M tokens');
});

it('offers a long prompt that has one right answer', () => {
  const long = TESTING_PROMPTS.at(-1)?.prompt ?? '';
  expect(long.match(/lighthouse opens/g)).toHaveLength(1);
  expect(long).toMatch(/^273\. The lighthouse opens/m);
});
