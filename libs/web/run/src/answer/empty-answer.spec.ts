import { type AnswerState } from './answer-view';
import { sayEmptiness } from './empty-answer';

describe('sayEmptiness', () => {
  it.each<[AnswerState, string, RegExp]>([
    [{ kind: 'done', reason: 'stop' }, '', /^Empty answer: the model ended at once/],
    [{ kind: 'done', reason: 'stop' }, 'Hm.', /^Empty answer: the model thought/],
    [{ kind: 'done', reason: 'length' }, '', /^Empty answer: the token limit was reached before a word came\. Allow more/],
    [{ kind: 'done', reason: 'length' }, 'Hm.', /while it was thinking\. Allow more/],
    [{ kind: 'done', reason: 'content_filter' }, '', /^Empty answer: the content filter/],
    [{ kind: 'stopped' }, '', /^Stopped before a word came/],
    [{ kind: 'interrupted' }, '', /^The page was left/],
    [{ kind: 'streaming' }, '', /^$/],
  ])('says of %j with the thoughts %j: %s', (state, thoughts, words) => {
    expect(sayEmptiness({ state, thoughts, text: '' })).toMatch(words);
  });

  it('says nothing of an answer that says something', () => {
    expect(sayEmptiness({ state: { kind: 'done' }, thoughts: '', text: 'Hi.' })).toBe('');
    const calls = [{ index: 0, name: 'time', arguments: '{}' }];
    expect(sayEmptiness({ state: { kind: 'done', reason: 'tool_calls' }, thoughts: '', text: '', calls })).toBe('');
  });
});
