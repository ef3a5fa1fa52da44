import { type AnswerState, type AnswerView } from '@tandem/web/run';
import { PLAIN_SETTINGS } from '../settings/settings';
import { type SideAnswer, type TurnView } from '../turn/turn-view';
import { obstacleToViews, shownView } from './shown-view';
import { type View } from './view';

const FAILED = { kind: 'failed', fault: { code: 'connection_lost', message: 'Gone.', retryable: true } } as AnswerState;
const answer = (side: string, text: string, state: AnswerState = { kind: 'done' }): SideAnswer => ({
  ...{ side, model: side, settings: PLAIN_SETTINGS, earlier: [] },
  answer: { text, state } as AnswerView,
});
const turn = (answers: readonly SideAnswer[], view?: View): TurnView => ({ id: 't', prompt: '', askedAtMs: 0, answers, goOn: undefined, measured: [], view });
const LEFT = answer('baseline', 'Left.');

describe('the view of a turn', () => {
  it.each<[string, readonly SideAnswer[], string]>([
    ['two whole answers', [LEFT, answer('derivative', 'Right.')], ''],
    ['one that a person stopped', [LEFT, answer('derivative', 'Ri', { kind: 'stopped' })], ''],
    ['one that still grows', [LEFT, answer('derivative', 'Ri', { kind: 'streaming' })], 'The answers are compared when both have ended.'],
    ['one that failed', [LEFT, answer('derivative', 'Ri', FAILED)], 'Two Delta did not answer to the end: there is nothing to compare.'],
    ['one that says nothing', [answer('baseline', ''), answer('derivative', 'Right.')], 'Baseline has no text: there is nothing to compare.'],
    ['one side alone', [LEFT], 'Two Delta was not asked: there is nothing to compare.'],
  ])('of %s', (_, answers, obstacle) => {
    expect(obstacleToViews(turn(answers))).toBe(obstacle);
    expect(shownView(turn(answers, 'words'))).toBe(obstacle === '' ? 'words' : 'text');
  });

  it('is the text, until a person chooses another one that there is', () => {
    const answers = [LEFT, answer('derivative', 'Right.')];
    expect(shownView(turn(answers))).toBe('text');
    expect(shownView(turn(answers, 'runes' as View))).toBe('text');
  });
});
