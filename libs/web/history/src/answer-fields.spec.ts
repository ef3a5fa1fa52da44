import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { readParameters, readReason, readTimings, readUsage } from './answer-fields';

describe('what a file says of an answer', () => {
  it('is taken within its ranges, and else left at its default', () => {
    expect(readParameters({ temperature: 0.2, top_p: 7, max_tokens: 'many' }, DEFAULT_PARAMETERS)).toEqual({ ...DEFAULT_PARAMETERS, temperature: 0.2 });
    expect(readParameters(null, DEFAULT_PARAMETERS)).toEqual(DEFAULT_PARAMETERS);
  });

  it('is counted where both counts are there', () => {
    expect(readUsage({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 9 })).toEqual({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 });
    expect([readUsage({ prompt_tokens: 2 }), readUsage('5')]).toEqual([null, null]);
  });

  it('was timed where all is there that a server tells, but for what it may leave open', () => {
    const timings = { queue_ms: 0, load_ms: 1, ttft_ms: 40, total_ms: 130, tokens_per_second: 50, source: 'server' };
    const open = { ...timings, ttft_ms: null, tokens_per_second: null, source: 'measured' };
    expect([readTimings({ ...timings, more: 1 }), readTimings(open)]).toEqual([timings, open]);
    expect([{ ...timings, total_ms: -1 }, { ...timings, source: 'guessed' }, null].map(readTimings)).toEqual([null, null, null]);
  });

  it('ended for a reason that is known, or another one', () => expect([readReason('length'), readReason('tired')]).toEqual(['length', 'other']));
});
