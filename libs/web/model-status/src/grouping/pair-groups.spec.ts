import type { ModelCard } from '@tandem/shared/contracts';
import { groupByPair } from './pair-groups';

const card = (id: string, role: ModelCard['role'], more: Partial<ModelCard> = {}): ModelCard =>
  ({ id, title: id, role, place: 'remote', endpoint: `${id}.example.com`, type: null, baseline_id: null, ...more }) as ModelCard;
const checkpoint = (id: string, type = 'SFT') => card(id, 'local', { place: 'local', endpoint: `local:${id}`, type });
const over = (id: string, file: string, role: ModelCard['role'], more: Partial<ModelCard> = {}) =>
  card(id, role, { place: 'local', endpoint: `local:${file}`, ...more });

/** Each group as one line: its members, a dash for each step of derivation. */
const drawn = (cards: readonly ModelCard[]) =>
  groupByPair(cards).map(({ name, members }) => `${name}: ${members.map(({ card: { id }, depth }) => '-'.repeat(depth) + id).join(' ')}`);

describe('groupByPair', () => {
  it('puts each baseline before what is derived from it, and who belongs to nobody behind them', () => {
    expect(
      drawn([
        card('alone', 'baseline'),
        card('base', 'baseline'),
        card('stranger', 'twodelta'),
        card('one', 'twodelta', { baseline_id: 'base' }),
        card('two', 'twodelta', { baseline_id: 'base' }),
        checkpoint('rl/x.gguf', 'RL'),
        checkpoint('sft/x.gguf'),
      ]),
    ).toEqual(['base and what is derived from it: base -one -two', 'Baseline: alone', 'Two Delta: stranger', 'Local: SFT: sft/x.gguf', 'Local: RL: rl/x.gguf']);
  });

  it('follows a derivation over several steps', () => {
    const cards = [card('base', 'baseline'), card('two', 'twodelta', { baseline_id: 'one' }), card('one', 'twodelta', { baseline_id: 'base' })];
    expect(drawn(cards)).toEqual(['base and what is derived from it: base -one --two']);
  });

  it('gives a checkpoint and its configured model one row, under the name that was configured', () => {
    const [group] = groupByPair([over('tuned', 'sft/a.gguf', 'twodelta'), checkpoint('sft/a.gguf')]);
    expect(group?.members).toEqual([expect.objectContaining({ card: expect.objectContaining({ id: 'tuned' }), standsFor: ['sft/a.gguf'] })]);
  });

  it('takes a baseline that is named by its checkpoint for the model that is configured over it', () => {
    const cards = [
      over('base', 'pretrain/a.gguf', 'baseline'),
      over('tuned', 'sft/a.gguf', 'twodelta', { baseline_id: 'pretrain/a.gguf' }),
      checkpoint('pretrain/a.gguf'),
    ];
    expect(drawn(cards)).toEqual(['base and what is derived from it: base -tuned']);
  });

  it('keeps a checkpoint apart from a model that puts an adapter over it', () => {
    const file = checkpoint('pretrain/a.gguf', 'Pretrained');
    expect(drawn([over('adapted', 'pretrain/a.gguf', 'twodelta', { baseline_id: 'pretrain/a.gguf' }), file])).toEqual([
      'pretrain/a.gguf and what is derived from it: pretrain/a.gguf -adapted',
    ]);
    const base = over('base', 'pretrain/a.gguf', 'baseline');
    expect(drawn([over('adapted', 'pretrain/a.gguf', 'twodelta', { baseline_id: 'base' }), base, file])).toEqual([
      'base and what is derived from it: base -adapted',
    ]);
  });

  it('loses nobody to a baseline that is not listed, to itself, or to a circle', () => {
    const cards = [
      card('lost', 'twodelta', { baseline_id: 'gone' }),
      card('self', 'twodelta', { baseline_id: 'self' }),
      card('one', 'twodelta', { baseline_id: 'two' }),
      card('two', 'twodelta', { baseline_id: 'one' }),
    ];
    expect(drawn(cards)).toEqual(['Two Delta: lost self one two']);
  });
});
