import { type ModelOption } from '@tandem/web/model-status';
import { sayCost } from './cost-words';

const side = (card: object | undefined) => ({ name: 'Two Delta', option: card && ({ card } as ModelOption) });

describe('sayCost', () => {
  it.each([
    ['a local model', { place: 'local', scoring: 'prefill', price: null }, ''],
    ['one that is not known any more', undefined, ''],
    ['one that cannot score', { place: 'remote', scoring: 'none', price: { input: 1 } }, ''],
    ['a server that is asked once', { place: 'remote', scoring: 'echo', price: null }, ''],
  ])('is nothing for %s', (_, card, words) => {
    expect(sayCost([side(card)])).toBe(words);
  });

  it('is said of a server that is asked once a token, and of one that is paid', () => {
    expect(sayCost([side({ place: 'remote', scoring: 'teacher_forcing', price: null })])).toMatch(/asked once for every token/);
    expect(sayCost([side({ place: 'remote', scoring: 'echo', price: { input: 1 } })])).toMatch(/may bill/);
  });
});
