import { idsOf } from './model-ids';

const model = (name: string, endpoint = 'a.example', more: object = {}) => ({ name, endpoint, ...more });
const ids = (baseline: ReturnType<typeof model>[], twodelta: ReturnType<typeof model>[] = []) => {
  const found = idsOf(baseline, twodelta);
  return [...baseline, ...twodelta].map((entry) => found.get(entry));
};

describe('idsOf', () => {
  it.each([
    ['模型一', '模型一'],
    ['基线', '基线'],
    ['Größe (neu)', 'größe-neu'],
    ['हिन्दी मॉडल', 'हिन्दी-मॉडल'],
    ['한국어 모델', '한국어-모델'],
    ['نموذج ١', 'نموذج-١'],
    ['Llama 3.1 8B', 'llama-3.1-8b'],
    ['..hidden..', 'hidden'],
  ])('keeps the letters of %s: %s', (name, id) => expect(ids([model(name)])).toEqual([id]));

  it('takes a hash of a name that has no letter, always the same', () => {
    const [fox, cat] = ids([model('🦊'), model('🐈')]);
    expect(fox).toMatch(/^[\da-f]{8}$/);
    expect(cat).not.toBe(fox);
    expect(ids([model('🐈')])).toEqual([cat]);
  });

  it('is not changed by what is added or taken away beside it', () => {
    const names = ['模型一', '模型二', '基线', '🦊'];
    const all = ids(names.map((name) => model(name)));
    for (const [index, name] of names.entries()) expect(ids([model(name)])).toEqual([all[index]]);
  });

  it('puts a hash of the endpoint behind a name that several have, in whatever order', () => {
    const [one, two] = ids([model('Same', 'a.example'), model('Same', 'b.example')]);
    expect([one, two]).toEqual([expect.stringMatching(/^same-[\da-f]{8}$/), expect.stringMatching(/^same-[\da-f]{8}$/)]);
    expect(one).not.toBe(two);
    expect(ids([model('Same', 'b.example'), model('Other'), model('Same', 'a.example')])).toEqual([two, 'other', one]);
  });

  it('tells the second list where one model stands in both', () => {
    const [first, second] = ids([model('Same')], [model('Same')]);
    expect(second).toBe(`${first}-twodelta`);
  });

  it('leaves an id to the one model that was given it', () => {
    expect(ids([model('Llama'), model('Other', 'b.example', { id: 'llama' })])).toEqual([expect.stringMatching(/^llama-[\da-f]{8}$/), 'llama']);
  });
});
