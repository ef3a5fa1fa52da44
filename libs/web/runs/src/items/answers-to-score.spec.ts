import { answerOf, itemOf } from '../testing/item';
import { answersToScore } from './answers-to-score';

const PAIR = { baseline: answerOf('one'), derivative: answerOf('two', undefined, { model: 'b' }) };

describe('the answers to an item, as both models are to read them', () => {
  it('stand each after what was asked', () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'And?' },
    ] as const;
    const { prompt: _, ...item } = itemOf('a', PAIR, { system: 'Be brief.', messages });
    expect(answersToScore(item, PAIR)).toEqual(
      (['baseline', 'derivative'] as const).map((side) => ({
        side,
        task: { baseline: 'a', derivative: 'b', messages: [{ role: 'system', content: 'Be brief.' }, ...messages], text: PAIR[side].text },
        obstacle: '',
        notes: [],
      })),
    );
  });

  it('are none where one is missing, and nothing of what has no text', () => {
    expect(answersToScore(itemOf('a', PAIR), { ...PAIR, derivative: undefined })).toEqual([]);
    const [empty, thought] = answersToScore(itemOf('a', PAIR), { baseline: answerOf(''), derivative: answerOf('two', undefined, { thoughts: 'hm' }) });
    expect([empty?.task, empty?.obstacle]).toEqual([null, 'There is no text here to score.']);
    expect(thought?.notes).toEqual([expect.stringContaining('without its thoughts')]);
  });
});
