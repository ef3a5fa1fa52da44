import { type AnswerState, type AnswerView } from '@tandem/web/run';
import { PLAIN_SETTINGS } from '../settings/settings';
import { choicesOf, isUndecided, messagesOf, sidesWithout } from './go-on';
import { type GoOn, type SideAnswer, type TurnView } from './turn-view';

const DONE: AnswerState = { kind: 'done', reason: 'stop' };
const FAILED = { kind: 'failed', fault: { code: 'connection_lost', message: 'Gone.', retryable: true } } as AnswerState;

const answer = (side: string, text: string, state: AnswerState = DONE): SideAnswer => ({
  ...{ side, model: side, settings: PLAIN_SETTINGS, earlier: [] },
  answer: { text, state, thoughts: '' } as unknown as AnswerView,
});

const turn = (answers: readonly SideAnswer[], goOn?: GoOn): TurnView => ({ id: 't', prompt: 'Why?', askedAtMs: 0, answers, goOn, measured: [] });

const WHOLE = turn([answer('baseline', 'Left.'), answer('derivative', 'Right.')]);
const HALF = [answer('baseline', 'Hal', FAILED), answer('derivative', 'Right.')];

describe('what the next prompt goes on from', () => {
  it('is each side’s own answer, where all are whole', () => {
    expect(isUndecided(WHOLE)).toBe(false);
    expect(messagesOf([WHOLE], 'baseline').at(-1)?.content).toBe('Left.');
    expect(messagesOf([WHOLE], 'derivative').at(-1)?.content).toBe('Right.');
  });

  it.each<[string, readonly SideAnswer[]]>([
    ['failed half way', HALF],
    ['was stopped', [answer('baseline', 'Hal', { kind: 'stopped' }), answer('derivative', 'Right.')]],
    ['says nothing', [answer('baseline', ''), answer('derivative', 'Right.')]],
    ['was left by its page', [answer('baseline', 'Hal', { kind: 'interrupted' }), answer('derivative', 'Right.')]],
  ])('is asked first, where one %s', (_, answers) => {
    expect(isUndecided(turn(answers))).toBe(true);
  });

  it('is not asked while one is being made, nor where nothing came at all', () => {
    expect(isUndecided(turn([answer('baseline', 'Hal', FAILED), answer('derivative', 'Ri', { kind: 'streaming' })]))).toBe(false);
    expect(isUndecided(turn([answer('baseline', '', FAILED), answer('derivative', '', FAILED)]))).toBe(false);
  });

  it.each<[GoOn, string, string]>([
    [{ kind: 'own' }, 'Hal', 'Right.'],
    [{ kind: 'one', side: 'derivative' }, 'Right.', 'Right.'],
  ])('is what a person says: %j', (goOn, left, right) => {
    const decided = turn(HALF, goOn);
    expect(isUndecided(decided)).toBe(false);
    expect([messagesOf([decided], 'baseline').at(-1)?.content, messagesOf([decided], 'derivative').at(-1)?.content]).toEqual([left, right]);
  });

  it('is nothing of a turn that a person leaves out, on both sides', () => {
    const decided = turn(HALF, { kind: 'nothing' });
    expect([messagesOf([WHOLE, decided], 'baseline'), messagesOf([WHOLE, decided], 'derivative')].map(({ length }) => length)).toEqual([2, 2]);
    expect(sidesWithout(decided)).toEqual([]);
  });

  it('offers a fragment only where both sides have one', () => {
    expect(choicesOf(turn(HALF)).map(({ kind }) => kind)).toEqual(['own', 'one', 'nothing']);
    expect(choicesOf(turn([answer('baseline', '', FAILED), answer('derivative', 'Right.')]))).toEqual([
      { kind: 'one', side: 'derivative' },
      { kind: 'nothing' },
    ]);
  });

  it('tells whose history lacks a turn', () => {
    expect(sidesWithout(turn([answer('baseline', 'Left.')]))).toEqual(['derivative']);
    expect(sidesWithout(turn([answer('baseline', 'Left.')], { kind: 'one', side: 'baseline' }))).toEqual([]);
    expect(sidesWithout(WHOLE)).toEqual([]);
  });
});
