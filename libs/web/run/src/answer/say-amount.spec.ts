import { type Usage } from '@tandem/shared/contracts';
import { sayCount, sayCountInFull, saySpeed } from './say-amount';

const usage: Usage = { prompt_tokens: 5, completion_tokens: 64, total_tokens: 69 };

describe('an amount', () => {
  it('is of tokens where the server counted them', () => {
    expect(sayCount({ tokens: 64, usage })).toBe('64 tok');
    expect(sayCountInFull({ tokens: 64, usage })).toBe('64 tokens');
    expect(saySpeed(118.4, true)).toBe('118 tok/s');
  });

  it('is of pieces where nobody did', () => {
    expect(sayCount({ tokens: 8 })).toBe('8 pieces');
    expect(sayCountInFull({ tokens: 1 })).toBe('1 piece');
    expect(saySpeed(9.44, false)).toBe('9.4 pieces/s');
  });
});
