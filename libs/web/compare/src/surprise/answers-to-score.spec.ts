import { PLAIN_SETTINGS } from '../settings/settings';
import { type SideAnswer, type TurnView } from '../turn/turn-view';
import { answersToScore } from './answers-to-score';

const answer = (side: string, text: string, more: object = {}): SideAnswer =>
  ({
    side,
    model: `model-of-${side}`,
    settings: PLAIN_SETTINGS,
    earlier: [],
    answer: { text, thoughts: '', state: { kind: 'done' }, ...more },
  }) as unknown as SideAnswer;
const turn = (id: string, answers: readonly SideAnswer[]): TurnView => ({ id, prompt: `prompt ${id}`, askedAtMs: 0, answers, goOn: undefined, measured: [] });
const FIRST = turn('1', [answer('baseline', 'one'), answer('derivative', 'two')]);

describe('answersToScore', () => {
  it('is each answer after the conversation that its own side had', () => {
    const second = turn('2', [answer('baseline', 'three'), answer('derivative', 'four')]);
    const [left, right] = answersToScore([FIRST, second], second);
    expect([left?.side, right?.side]).toEqual(['baseline', 'derivative']);
    expect(right?.task).toEqual({
      baseline: 'model-of-baseline',
      derivative: 'model-of-derivative',
      messages: [
        { role: 'user', content: 'prompt 1' },
        { role: 'assistant', content: 'two' },
        { role: 'user', content: 'prompt 2' },
      ],
      text: 'four',
    });
    expect(left?.task?.messages[1]?.content).toBe('one');
  });

  it('begins with the system prompt, where there is one', () => {
    const asked = { ...answer('baseline', 'one'), settings: { ...PLAIN_SETTINGS, system: 'Be brief.' } };
    const [left] = answersToScore([], turn('1', [asked, answer('derivative', 'two')]));
    expect(left?.task?.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
  });

  it('says what of an answer no figure is of', () => {
    const thought = answer('baseline', 'one', { thoughts: 'hm', calls: [{ index: 0, name: 'look', arguments: '{}' }], state: { kind: 'stopped' } });
    const [left, right] = answersToScore([], turn('1', [thought, answer('derivative', '')]));
    expect(left?.notes.join(' ')).toMatch(/without its thoughts.*tools.*not scored.*stopped/);
    expect([right?.task, right?.obstacle]).toEqual([null, 'There is no text here to score.']);
  });

  it('is none where one side was not asked', () => {
    expect(answersToScore([], turn('1', [answer('baseline', 'one')]))).toEqual([]);
  });
});
