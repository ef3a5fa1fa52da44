import { answerOf, FAILED } from '../testing/item';
import { measuredOf, obstacleOf, stateOf } from './item-facts';

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

  it('is measured as on Compare: what was not told is not known', () => {
    const { usage } = answerOf('a');
    expect(measuredOf(answerOf('a'))).toEqual({ model: 'a', answer: { text: 'a', firstTokenMs: 40, tokensPerSecond: 50, usage } });
    expect(measuredOf(answerOf('a', null, { timings: null, usage: null }))).toEqual({
      model: 'a',
      answer: { text: 'a', firstTokenMs: null, tokensPerSecond: null },
    });
  });
});
