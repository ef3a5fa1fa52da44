import type { ModelCard } from '@tandem/shared/contracts';
import { compareLinkOf } from './compare-link';

const card = (id: string, role: ModelCard['role'], type: string | null = null): ModelCard => ({ id, title: id.toUpperCase(), role, type }) as ModelCard;
const [base, tuned, other] = [card('base', 'baseline'), card('tuned', 'twodelta'), card('other', 'twodelta')];

describe('compareLinkOf', () => {
  it.each([
    ['a derivative', { card: tuned, baseline: base, derivatives: [other] }, { baseline: 'base', twodelta: 'tuned' }, 'Compare TUNED with BASE'],
    ['a baseline', { card: base, baseline: undefined, derivatives: [tuned, other] }, { baseline: 'base', twodelta: 'tuned' }, 'Compare BASE with TUNED'],
    ['a baseline alone', { card: base, baseline: undefined, derivatives: [] }, { baseline: 'base' }, 'Compare BASE with another'],
    ['a derivative alone', { card: tuned, baseline: undefined, derivatives: [] }, { twodelta: 'tuned' }, 'Compare TUNED with another'],
    ['a pretrained checkpoint', { card: card('p', 'local', 'Pretrained'), baseline: undefined, derivatives: [] }, { baseline: 'p' }, 'Compare P with another'],
  ])('chooses the pair of %s', (_, member, query, label) => expect(compareLinkOf(member)).toEqual({ query, label }));
});
