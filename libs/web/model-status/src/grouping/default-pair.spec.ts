import { type ModelCard, type ModelRole } from '@tandem/shared/contracts';
import { defaultPair } from './default-pair';

const card = (id: string, role: ModelRole, baseline_id: string | null = null): ModelCard => ({ id, role, baseline_id }) as ModelCard;

describe('defaultPair', () => {
  it.each([
    ['a derivative beside its own baseline', [card('a', 'baseline'), card('b', 'baseline'), card('x', 'twodelta', 'b')], ['b', 'x']],
    ['the first of each when none names the other', [card('a', 'baseline'), card('x', 'twodelta'), card('y', 'twodelta')], ['a', 'x']],
    ['local models when nothing is configured', [card('p', 'local'), card('q', 'local')], ['p', 'q']],
    ['one model on both sides when it is alone', [card('p', 'local')], ['p', 'p']],
    ['nothing when there is nothing', [], [null, null]],
  ] as const)('puts %s', (_, cards, pair) => {
    expect(defaultPair(cards)).toEqual(pair);
  });
});
