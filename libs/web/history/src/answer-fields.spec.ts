import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { readParameters, readReason, readUsage } from './answer-fields';

describe('what a file says of an answer', () => {
  it('is taken within its ranges, and else left at its default', () => {
    expect(readParameters({ temperature: 0.2, top_p: 7, max_tokens: 'many' }, DEFAULT_PARAMETERS)).toEqual({ ...DEFAULT_PARAMETERS, temperature: 0.2 });
    expect(readParameters(null, DEFAULT_PARAMETERS)).toEqual(DEFAULT_PARAMETERS);
  });

  it('is counted where both counts are there', () => {
    expect(readUsage({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 9 })).toEqual({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 });
    expect([readUsage({ prompt_tokens: 2 }), readUsage('5')]).toEqual([null, null]);
  });

  it('ended for a reason that is known, or another one', () => expect([readReason('length'), readReason('tired')]).toEqual(['length', 'other']));
});
