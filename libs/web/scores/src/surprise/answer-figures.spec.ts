import { divergenceOf, scoreOf } from '../testing/divergence';
import { figuresOfAnswer } from './answer-figures';

const NAMES = { baseline: 'Baseline', derivative: 'Two Delta' };
const BASE = scoreOf('base', [
  ['The', 0.5],
  [' cat', 0.6],
]);
const TUNED = scoreOf('tuned', [
  ['The', 0.5],
  [' cat', 0.25],
]);

describe('figuresOfAnswer', () => {
  it('tells KL as the bound it is, the rest, and where the two would part', () => {
    const figures = figuresOfAnswer('derivative', divergenceOf(BASE, TUNED), NAMES);
    expect(figures.map(({ name }) => name)).toEqual(['kl', 'same top', 'delta p', 'divergence', 'other', 'own']);
    expect(figures[4]).toMatchObject({ label: 'Under Baseline', words: '0.25 bits/byte · perplexity 1.83' });
    expect(figures[5]).toMatchObject({ label: 'Under itself', words: '0.43 bits/byte · perplexity 2.83' });
    expect(figures[0]?.words).toMatch(/^≥ \d\.\d+ nats a token, \d+ % covered$/);
    expect(figures[1]?.words).toBe('50 %');
    expect(figures[3]?.words).toBe('token 2, ␣cat');
  });

  it('leaves out what cannot be known where the vocabularies differ, and keeps bits per byte', () => {
    const figures = figuresOfAnswer('baseline', divergenceOf(BASE, { ...TUNED, vocabulary: 'other' }), NAMES);
    expect(figures.map(({ name }) => name)).toEqual(['other', 'own']);
  });

  it('parts nowhere where it does not', () => {
    const figures = figuresOfAnswer('baseline', divergenceOf(BASE, BASE), NAMES);
    expect(figures[3]?.words).toBe('nowhere');
  });
});
