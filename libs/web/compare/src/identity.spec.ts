import { type ModelCard, type ModelIdentity } from '@tandem/shared/contracts';
import { changedModelWarning, missingModelWarning, sameModelWarning, type SeenModel } from './identity';

const model = (id: string, endpoint: string, identity: Partial<ModelIdentity> | null = null): SeenModel => ({
  card: { id, title: id, endpoint, place: endpoint.startsWith('local:') ? 'local' : 'remote' } as ModelCard,
  identity: identity && { model: 'm', server: null, version: null, context_length: null, base: null, ...identity },
});

describe('sameModelWarning', () => {
  it.each([
    ['the same entry twice', model('a', 'host:1'), model('a', 'host:1'), /Both sides are a: choose another/],
    [
      'two entries that one server answers with one model',
      model('a', 'host:1', {}),
      model('b', 'host:1', {}),
      /same model: the server at host:1 says it serves m for both/,
    ],
    ['two models of one server', model('a', 'host:1', { model: 'x' }), model('b', 'host:1', { model: 'y' }), /^$/],
    ['a LoRA beside its base under one name', model('a', 'host:1', {}), model('b', 'host:1', { base: 'x' }), /^$/],
    ['the same name on two servers', model('a', 'host:1', {}), model('b', 'host:2', {}), /^$/],
    ['servers that do not say', model('a', 'host:1'), model('b', 'host:1'), /^$/],
    ['a file with and without an adapter', model('a', 'local:x.gguf', {}), model('b', 'local:x.gguf', {}), /^$/],
    ['one side without a model', undefined, model('b', 'host:1'), /^$/],
  ])('of %s', (_, one, other, words) => {
    expect(sameModelWarning(one, other)).toMatch(words);
  });
});

describe('changedModelWarning', () => {
  it.each([
    [
      'another model than before',
      model('a', 'host:1', { model: 'old' }),
      model('a', 'host:1', { model: 'new' }),
      /^Baseline: the server at host:1 now says it serves new; the last answer came from old/,
    ],
    ['another base under the same name', model('a', 'host:1', { base: 'v1' }), model('a', 'host:1', { base: 'v2' }), /serves m \(v2\).*from m \(v1\)/],
    ['the same', model('a', 'host:1', {}), model('a', 'host:1', { version: '2' }), /^$/],
    ['another entry that was chosen', model('a', 'host:1', { model: 'x' }), model('b', 'host:1', { model: 'y' }), /^$/],
    ['a server that is away now', model('a', 'host:1', {}), model('a', 'host:1'), /^$/],
    ['a file that was not read yet', model('a', 'local:x.gguf', {}), model('a', 'local:x.gguf', { base: 'llama · Q8_0' }), /^$/],
    ['nothing asked yet', undefined, model('a', 'host:1', {}), /^$/],
  ])('when it is %s', (_, before, now, words) => {
    expect(changedModelWarning('Baseline', before, now)).toMatch(words);
  });
});

describe('missingModelWarning', () => {
  const cards = new Map([['a', model('a', 'host:1').card]]);

  it.each([
    ['gone', cards, /^Baseline: no model here is called gone.*Choose another/],
    ['a', cards, /^$/],
    [null, cards, /^$/],
    ['gone', new Map(), /^$/],
  ])('of %s: %#', (id, known, words) => {
    expect(missingModelWarning('Baseline', id, known)).toMatch(words);
  });
});
