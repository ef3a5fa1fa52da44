import { PLAIN_SETTINGS } from '../settings/settings';
import { type SideAnswer, type TurnView } from '../turn/turn-view';
import { historyDifferences, parityRequest } from './parity-request';

const answer = (side: string, text: string): SideAnswer => ({ side, answer: { text, state: { kind: 'done' } } }) as unknown as SideAnswer;
const turn = (left: string, right: string): TurnView =>
  ({ id: '1', prompt: 'Who?', answers: [answer('baseline', left), answer('derivative', right)] }) as unknown as TurnView;
const PAIR = ['base', 'tuned'];

describe('parityRequest', () => {
  it('is of what is being written, after all that was said', () => {
    const request = parityRequest(PAIR, [turn('I', 'You')], 'Why?', { ...PLAIN_SETTINGS, system: 'Be brief.' });
    expect(request).toMatchObject({ baseline: 'base', derivative: 'tuned', system: 'Be brief.', parameters: { temperature: 0.7 } });
    expect(request?.messages.map(({ content }) => content)).toEqual(['Who?', 'I', 'Why?']);
  });

  it('is of the last prompt where nothing is being written', () => {
    expect(parityRequest(PAIR, [turn('I', 'You')], ' ', PLAIN_SETTINGS)).toMatchObject({ messages: [{ role: 'user', content: 'Who?' }], system: null });
  });

  it.each([
    ['without a prompt', PAIR, ''],
    ['without a pair', ['base', null], 'Why?'],
  ])('is none %s', (_, pair, draft) => {
    expect(parityRequest(pair, [], draft, PLAIN_SETTINGS)).toBeUndefined();
  });
});

describe('historyDifferences', () => {
  it('are said where the sides go on from different answers', () => {
    expect(historyDifferences([turn('I', 'You')], 'Why?')).toHaveLength(1);
    expect(historyDifferences([turn('I', 'You')], '')).toEqual([]);
    expect(historyDifferences([turn('I', 'I')], 'Why?')).toEqual([]);
    expect(historyDifferences([], 'Why?')).toEqual([]);
  });
});
