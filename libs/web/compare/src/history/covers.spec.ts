import { type KeptTurn } from '../turn/turn-view';
import { covers, isSame } from './covers';

const turn = (id: string, text: string, more: Partial<KeptTurn> = {}, kind = 'done'): KeptTurn =>
  ({
    id,
    goOn: undefined,
    measured: [],
    answers: [{ side: 'baseline', model: 'm', earlier: [], answer: { text, state: { kind } }, position: null }],
    ...more,
  }) as unknown as KeptTurn;

describe('turns that another page left', () => {
  it.each<[string, KeptTurn[], KeptTurn[], boolean]>([
    ['the same', [turn('a', 'one')], [turn('a', 'one')], true],
    ['one more', [turn('a', 'one'), turn('b', 'two')], [turn('a', 'one')], true],
    ['an answer that went on', [turn('a', 'one two')], [turn('a', 'one', {}, 'streaming')], true],
    ['another answer', [turn('a', 'one two')], [turn('a', 'one')], false],
    ['another end', [turn('a', 'one', {}, 'failed')], [turn('a', 'one')], false],
    ['one less', [turn('a', 'one')], [turn('a', 'one'), turn('b', 'two')], false],
    ['another choice', [turn('a', 'one')], [turn('a', 'one', { goOn: { kind: 'nothing' } })], false],
    ['fewer measures', [turn('a', 'one')], [turn('a', 'one', { measured: [{ side: 'baseline', firstTokenMs: [1], tokensPerSecond: [] }] })], false],
  ])('%s: take the place of those here, or not', (_, others, turns, isCovered) => expect(covers(others, turns)).toBe(isCovered));

  it('are the same where neither has anything more', () => {
    const [begun, ended] = [[turn('a', '', {}, 'streaming')], [turn('a', '', {}, 'failed')]];
    expect([isSame(begun, begun), isSame(ended, begun), isSame(begun, ended)]).toEqual([true, false, false]);
    const found = [{ ...begun[0]!, answers: [{ ...begun[0]!.answers[0]!, position: { id: 's' } }] }] as unknown as KeptTurn[];
    expect(isSame(begun, found)).toBe(false);
  });
});
