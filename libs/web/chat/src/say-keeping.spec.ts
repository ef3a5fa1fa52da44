import { sayKeeping } from './say-keeping';

describe('sayKeeping', () => {
  it.each([
    ['a remote model', { place: 'remote', endpoint: 'host:1' } as const, /kept in this browser, and goes to the model’s server, host:1\.$/],
    ['a local model', { place: 'local', endpoint: 'local:a.gguf' } as const, /kept in this browser; the model runs on Tandem’s own machine\.$/],
    ['no model yet', undefined, /kept in this browser\.$/],
  ])('tells the truth of %s', (_, card, words) => expect(sayKeeping(card)).toMatch(words));
});
