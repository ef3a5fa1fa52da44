import { type AnswerState, type AnswerView } from '@tandem/web/run';
import { type AskSettings, PLAIN_SETTINGS } from '../settings/settings';
import { type GoOn, type SideAnswer, type TurnView } from '../turn/turn-view';
import { CARDS, turn as whole } from '../testing/turns';
import { sayLasting, sayQuestion, sayRevealed } from './spine-words';

const answer = (side: string, text: string, state: AnswerState = { kind: 'done' }, settings: AskSettings = PLAIN_SETTINGS): SideAnswer => ({
  ...{ side, model: side, settings, earlier: [] },
  answer: { text, state } as AnswerView,
});
const turn = (answers: readonly SideAnswer[], goOn?: GoOn): TurnView => ({ id: 't', prompt: 'Why?', askedAtMs: 0, answers, goOn, measured: [] });
const CUT = [answer('baseline', 'Hal', { kind: 'stopped' }), answer('derivative', 'Right.')];

describe('what stays said of a turn', () => {
  it.each<[string, TurnView, readonly RegExp[]]>([
    ['whole answers', turn([answer('baseline', 'A'), answer('derivative', 'B')]), []],
    ['a choice that is to be made', turn(CUT), []],
    ['one answer for both', turn(CUT, { kind: 'one', side: 'derivative' }), [/^Both sides go on from Two Delta’s answer\.$/]],
    ['a fragment', turn(CUT, { kind: 'own' }), [/^Baseline went on with what came\.$/]],
    ['nothing of it', turn(CUT, { kind: 'nothing' }), [/without this turn/]],
    ['one side that was asked', turn([answer('baseline', 'A')]), [/^Two Delta has no part in this turn: the histories of the sides differ\.$/]],
    ['answers that say nothing', turn([answer('baseline', ''), answer('derivative', '')]), [/^Nothing came of this turn/]],
    [
      'different parameters',
      turn([
        answer('baseline', 'A'),
        answer('derivative', 'B', { kind: 'done' }, { parameters: { ...PLAIN_SETTINGS.parameters, temperature: 0.2 }, system: 'Be brief.' }),
      ]),
      [/^Asked differently: temperature 0\.7 \| 0\.2, system prompt\.$/],
    ],
  ])('of %s', (_, of, words) => {
    expect(sayLasting(of)).toEqual(words.map((each) => expect.stringMatching(each)));
  });
});

it('asks whose answer is not whole', () => {
  expect(sayQuestion(turn(CUT))).toBe('Baseline did not answer to the end. Go on with');
  expect(sayQuestion(turn(CUT, { kind: 'own' }))).toBe('');
});

describe('who was who in a blind turn', () => {
  const cards = new Map(CARDS.map((card) => [card.id, card]));
  const seen = { vote: 'tie', left: 'tuned', right: 'gone' } as const;

  it('is told by titles, where these are known', () => {
    const words = 'Asked blind, without what was said before. Left was Tuned, right was gone.';
    expect(sayRevealed(whole(undefined, { blind: { id: 'b', isCrossed: false, reveal: seen } }), cards)).toBe(words);
  });

  it('is not told before the vote, and of no other turn', () => {
    expect([sayRevealed(whole(undefined, { blind: { id: 'b', isCrossed: false } }), cards), sayRevealed(whole(), cards)]).toEqual(['', '']);
  });
});
