import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { summarise } from './parameter-fields';

describe('summarise', () => {
  it('says everything that is sent, defaults as well', () => {
    expect(summarise(DEFAULT_PARAMETERS, '').join(' · ')).toBe('temperature 0.7 · top-p 0.9 · top-k 50 · penalty 1.1 · 512 tokens · seed –');
  });

  it('says what is off, and that there is a system prompt', () => {
    const parameters = { ...DEFAULT_PARAMETERS, top_k: 0, repetition_penalty: 1, seed: 7 };
    expect(summarise(parameters, 'Be brief.').slice(2)).toEqual(['top-k off', 'penalty off', '512 tokens', 'seed 7', 'system prompt']);
  });

  it('counts a blank system prompt for none', () => {
    expect(summarise(DEFAULT_PARAMETERS, ' \n')).not.toContain('system prompt');
  });
});
