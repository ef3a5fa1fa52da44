import { growthOf, LINEAR } from '@tandem/testing';
import { combine } from './snapshot';

const model = (name: string, more: object = {}) => ({ name, endpoint: 'a.example', ...more });
const at = new Date(0);

describe('combine', () => {
  it('takes each list from the first source that gives it', () => {
    const snapshot = combine(
      [
        { name: 'env', document: { twodelta_models: [model('E')] } },
        { name: 'file', document: { baseline_models: [model('F')], twodelta_models: [model('G')] } },
        { name: 'default', document: { baseline_models: [model('D')], twodelta_models: [model('D')] } },
      ],
      at,
    );
    expect(snapshot.models.map(({ entry, role, source }) => [entry.name, role, source])).toEqual([
      ['F', 'baseline', 'file'],
      ['E', 'twodelta', 'env'],
    ]);
    expect(snapshot.sources).toEqual({ baseline: 'file', twodelta: 'env' });
  });

  it('makes ids from names, stable and unique', () => {
    const names = ['Llama 3.1 8B', 'Llama 3.1 8B', 'Größe (neu)', '模型'].map((name) => model(name));
    const ids = () => combine([{ name: 'file', document: { baseline_models: names, twodelta_models: [] } }], at).models.map(({ id }) => id);
    expect(ids()).toEqual([expect.stringMatching(/^llama-3\.1-8b-[\da-f]{8}$/), expect.stringMatching(/^llama-3\.1-8b-[\da-f]{8}-2$/), 'größe-neu', '模型']);
    expect(ids()).toEqual(ids());
  });

  it('leaves an id to the model that was given it', () => {
    const entries = [model('Llama'), model('Other', { id: 'llama' }), model('Again', { id: 'llama' })];
    const { models } = combine([{ name: 'file', document: { baseline_models: entries, twodelta_models: [] } }], at);
    expect(models.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^llama-[\da-f]{8}$/),
      expect.stringMatching(/^llama-[\da-f]{8}-2$/),
      expect.stringMatching(/^llama-[\da-f]{8}-3$/),
    ]);
    const [made, given] = combine([{ name: 'file', document: { baseline_models: entries.slice(0, 2), twodelta_models: [] } }], at).models;
    expect([made?.id, given?.id]).toEqual([expect.stringMatching(/^llama-[\da-f]{8}$/), 'llama']);
  });

  it('finds ids for thousands of models of one name without trying all for each', () => {
    const alike = (length: number) => Array.from({ length }, () => model('Same'));
    const take = (entries: ReturnType<typeof alike>) => combine([{ name: 'file', document: { baseline_models: entries, twodelta_models: [] } }], at).models;
    expect(new Set(take(alike(10_000)).map(({ id }) => id)).size).toBe(10_000);
    expect(growthOf(take, alike, 40_000)).toBeLessThan(LINEAR);
  });

  it('gives the same content the same version', () => {
    const version = (name: string) => combine([{ name: 'file', document: { baseline_models: [model(name)] } }], new Date()).version;
    expect(version('A')).toBe(version('A'));
    expect(version('A')).not.toBe(version('B'));
  });
});
