import { RUN_STATES, type ModelCard } from '@tandem/shared/contracts';
import { isOver, modelsOf, sayCounts, sayPrompts, sayRunState, sayTask, titleOf } from './say-run';

describe('a run in words', () => {
  it('has a word and a shape of its own for every state', () => {
    const said = RUN_STATES.map(sayRunState);
    expect(new Set(said.map(({ words }) => words)).size).toBe(RUN_STATES.length);
    expect(new Set(said.map(({ mark }) => mark)).size).toBe(RUN_STATES.length);
    expect(RUN_STATES.filter(isOver)).toEqual(['done', 'failed', 'cancelled']);
  });

  it.each([
    [{ total: 20, queued: 2, done: 18, failed: 0 }, '18 of 20 answered'],
    [{ total: 10_000, queued: 0, done: 9_999, failed: 1 }, '9,999 of 10,000 answered, 1 failed'],
  ])('counts what was answered', (counts, words) => expect(sayCounts(counts)).toBe(words));

  it('names its models, the one that the others are compared with first', () => {
    expect(modelsOf({ baseline: 'a', derivative: 'b' })).toEqual(['a', 'b']);
    expect(modelsOf({ variants: ['a', 'b', 'c'] })).toEqual(['a', 'b', 'c']);
    const cards = new Map([['a', { title: 'Model A' } as ModelCard]]);
    expect([titleOf('a', cards), titleOf('gone', cards)]).toEqual(['Model A', 'gone']);
  });

  it('says what is asked', () => {
    const prompt_set = { id: 'general', name: 'general', count: 20 };
    expect(sayTask({ prompt_set, repeats: 1, score: false })).toBe('20 prompts');
    expect(sayTask({ prompt_set: { ...prompt_set, count: 1 }, repeats: 3, score: true })).toBe('1 prompt · each 3 times · scored');
    expect(sayPrompts(10_000)).toBe('10,000 prompts');
  });
});
