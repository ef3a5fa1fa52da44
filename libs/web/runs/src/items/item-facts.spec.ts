import { answerOf, FAILED } from '../testing/item';
import { obstacleOf, sayDifferences, stateOf } from './item-facts';

const timed = (ttft_ms: number | null) => ({
  timings: { queue_ms: 0, load_ms: 0, ttft_ms, total_ms: 100, tokens_per_second: null, source: 'server' as const },
});

describe('an item that is opened', () => {
  it('ended as it ended', () => {
    expect(stateOf(answerOf('a'))).toEqual({ kind: 'done', reason: 'stop' });
    expect(stateOf(answerOf('a', null, { finish_reason: null }))).toEqual({ kind: 'done' });
    expect(stateOf(FAILED)).toMatchObject({ kind: 'failed', fault: { code: 'upstream_timeout' } });
  });

  it.each([
    [{ baseline: answerOf('a'), derivative: answerOf('b') }, /^$/],
    [{ baseline: undefined, derivative: undefined }, /to be asked/],
    [{ baseline: answerOf('a'), derivative: FAILED }, /missing/],
    [{ baseline: answerOf(' '), derivative: answerOf('b') }, /no text/],
  ])('is compared where there is something to compare', (pair, words) => expect(obstacleOf(pair)).toMatch(words));

  it.each([
    [answerOf('one two', null, timed(40)), answerOf('one three', null, timed(30)), ['first token −10 ms', '29 % longer', 'first difference: word 2']],
    [answerOf('ab', null, timed(20)), answerOf('ab', null, timed(20.2)), ['first token ±0 ms', 'equally long', 'the same text']],
    [answerOf('ab', null, timed(null)), answerOf('ab'), ['equally long', 'the same text']],
    [answerOf('a b', null, timed(null)), answerOf('a  b'), ['33 % longer', 'the same words']],
    [answerOf('abcdefgh', null, timed(10)), answerOf('a', null, timed(20)), ['first token +10 ms', '88 % shorter', 'first difference: word 1']],
    [answerOf('a', null, timed(null)), answerOf('b'.repeat(40)), ['40.0× as long', 'first difference: word 1']],
    [answerOf('a'), FAILED, []],
  ])('differs in what can be known', (baseline, derivative, words) => expect(sayDifferences({ baseline, derivative })).toEqual(words));
});
