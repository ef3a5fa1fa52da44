import { bareAnswer, fullAnswer } from '../testing/kept-content';
import { factsOf, parametersText } from './facts-of';

const timings = { queue_ms: 0, load_ms: 0, ttft_ms: null, total_ms: 0, tokens_per_second: null, source: 'measured' } as const;
const error = { code: 'upstream_timeout', message: 'It was too slow.', retryable: true } as const;

describe('what is said of an answer beside its text', () => {
  it('is nothing where nothing is known', () => {
    expect(factsOf(bareAnswer('old', 'text'))).toEqual([]);
  });

  it('is everything that is known, in one order', () => {
    expect(factsOf(fullAnswer('old', 'text'))).toEqual([
      'ended: stop',
      '5 + 7 tokens',
      'first token after 41 ms',
      '1.3 s in all',
      '53.8 tokens/s',
      'seed 7',
      'could not be set: top_k, seed',
    ]);
  });

  it.each([
    ['a failure comes before the reason of an end', { error, finish_reason: 'stop' }, ['failed: It was too slow.']],
    ['a seed of zero is one', { seed: 0 }, ['seed 0']],
    ['times that nobody took are left out', { timings }, ['0 ms in all']],
    ['a first token at once came after 0 ms', { timings: { ...timings, ttft_ms: 0 } }, ['first token after 0 ms', '0 ms in all']],
    ['a second and more is told in seconds', { timings: { ...timings, total_ms: 1000 } }, ['1.0 s in all']],
    ['less than a second is told in milliseconds', { timings: { ...timings, total_ms: 46.4 } }, ['46 ms in all']],
    ['a speed of zero is told', { timings: { ...timings, tokens_per_second: 0 } }, ['0 ms in all', '0.0 tokens/s']],
    ['no tokens are a number too', { usage: { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 } }, ['3 + 0 tokens']],
  ] as const)('%s', (_, more, facts) => {
    expect(factsOf(bareAnswer('old', '', more))).toEqual(facts);
  });
});

describe('sampling values', () => {
  it.each([
    [{}, ''],
    [{ temperature: 0 }, 'temperature 0'],
    [{ temperature: 0.7, top_p: 0.9 }, 'temperature 0.7, top_p 0.9'],
    [{ seed: 0, stop: ['\n', 'a, b'] }, 'seed 0, stop ["\\n","a, b"]'],
    [{ temperature: 0, seed: null, stop: [] }, 'temperature 0'],
    [{ system: 'say "yes"', deep: { a: [1] } }, 'system say "yes", deep {"a":[1]}'],
  ])('%j are read as %j', (parameters, text) => {
    expect(parametersText(parameters)).toBe(text);
  });
});
