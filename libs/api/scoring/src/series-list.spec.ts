import type { Catalogue } from '@tandem/api/catalogue';
import { SeriesList } from './series-list';

const found = (name: string, loadable = true) => ({ card: { id: name }, model: undefined, checkpoint: { name, loadable } });
const configured = (id: string, checkpoint: string, adapter?: { file: string; scale?: number }) => ({
  card: { id },
  model: { id, entry: { endpoint: `local:${checkpoint}`, ...(adapter === undefined ? {} : { adapter }) } },
  checkpoint: { name: checkpoint, loadable: true },
});
const remote = (id: string) => ({ card: { id }, model: { id, entry: { endpoint: '127.0.0.1:9' } }, checkpoint: undefined });

const listed = (items: readonly object[]) => new SeriesList({ items: async () => items } as unknown as Catalogue).list();

describe('the series that are known', () => {
  it('are none where models stand alone', async () => {
    expect(await listed([found('a.gguf'), remote('far-step-1'), remote('far-step-2'), found('b-step-1.gguf'), found('b-step-2.gguf', false)])).toEqual([]);
  });

  it('are the scales of an adapter, its own among them, over its weights', async () => {
    const series = await listed([configured('tuned', 'base.gguf', { file: 'lora.gguf', scale: 1.5 }), found('base.gguf')]);
    expect(series).toEqual([
      {
        name: 'tuned',
        kind: 'adapter',
        baseline: { model: 'base.gguf', adapter_scale: null },
        places: [0, 0.25, 0.5, 0.75, 1, 1.5].map((adapter_scale) => ({
          ...{ model: 'tuned', adapter_scale, step: null },
          asked_as: { 0: 'base.gguf', 1.5: 'tuned' }[adapter_scale] ?? null,
        })),
        adapter: { endpoint: 'local:base.gguf', file: 'lora.gguf' },
      },
    ]);
  });

  it('say who answers at which scale of an adapter: a model over the same weights, with the same file', async () => {
    const series = await listed([
      configured('half', 'base.gguf', { file: 'lora.gguf', scale: 0.5 }),
      configured('half-again', 'base.gguf', { file: 'lora.gguf', scale: 0.5 }),
      configured('some', 'base.gguf', { file: 'lora.gguf', scale: 0.3 }),
      configured('too-much', 'base.gguf', { file: 'lora.gguf', scale: 3 }),
      configured('whole', 'base.gguf', { file: 'lora.gguf' }),
      configured('other', 'base.gguf', { file: 'other.gguf', scale: 0.75 }),
      configured('far', 'far.gguf', { file: 'lora.gguf', scale: 0.25 }),
      configured('bare', 'base.gguf'),
    ]);
    const of = (name: string) => series.find((each) => each.name === name)?.places.map(({ adapter_scale, asked_as }) => [adapter_scale, asked_as]);
    const rest = [
      [0.75, null],
      [1, 'whole'],
    ];
    expect(of('half')).toEqual([[0, 'bare'], [0.25, null], [0.3, 'some'], [0.5, 'half'], ...rest]);
    expect(of('half-again')).toEqual([[0, 'bare'], [0.25, null], [0.3, 'some'], [0.5, 'half-again'], ...rest]);
    expect(of('too-much')?.at(-1)).toEqual([1, 'whole']);
    expect(of('other')).toContainEqual([0.75, 'other']);
    expect(of('far')).toBeUndefined();
  });

  it('are the steps of a training in their order, by the ids that people know', async () => {
    const steps = ['run-step-2000.gguf', 'run-step-1000.gguf', 'run-step-10000.gguf'];
    expect(await listed([configured('last', 'run-step-10000.gguf'), ...steps.map((name) => found(name))])).toEqual([
      {
        name: 'run-step-*.gguf',
        kind: 'checkpoints',
        baseline: { model: 'run-step-1000.gguf', adapter_scale: null },
        places: [
          { model: 'run-step-1000.gguf', adapter_scale: null, step: 1000, asked_as: 'run-step-1000.gguf' },
          { model: 'run-step-2000.gguf', adapter_scale: null, step: 2000, asked_as: 'run-step-2000.gguf' },
          { model: 'last', adapter_scale: null, step: 10000, asked_as: 'last' },
        ],
        adapter: null,
      },
    ]);
  });
});
