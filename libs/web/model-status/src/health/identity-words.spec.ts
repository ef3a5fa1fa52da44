import type { ModelIdentity, ModelPlace } from '@tandem/shared/contracts';
import { sayContextGap, sayIdentity, sayServed } from './identity-words';

const remote = (context_length: number | null = null) => ({ place: 'remote' as ModelPlace, context_length });
const identity = (more: Partial<ModelIdentity>): ModelIdentity => ({ model: 'm', server: null, version: null, context_length: null, base: null, ...more });
const TUNED = identity({ model: 'tuned', server: 'vLLM', version: '0.9', context_length: 8192, base: 'Base-8B' });

describe('what a server says it serves', () => {
  it.each([
    [remote(), TUNED, 'serves tuned (Base-8B) · vLLM 0.9 · 8,192 context'],
    [remote(), identity({ model: 'tuned' }), 'serves tuned'],
    [remote(), null, ''],
    [remote(), undefined, ''],
    [{ ...remote(), place: 'local' as const }, TUNED, ''],
  ])('is said as far as it is known: %#', (card, said, words) => expect(sayIdentity(card, said)).toBe(words));

  it('leaves out the context where that stands beside it', () => expect(sayServed(remote(), TUNED)).toBe('serves tuned (Base-8B) · vLLM 0.9'));
});

describe('sayContextGap', () => {
  it.each([
    ['less than configured', remote(32_768), TUNED, /^The configuration says 32,768 tokens, the server runs with 8,192: .*refused\. Correct context_length/],
    ['more than configured', remote(4_096), TUNED, /^The configuration says 4,096 tokens, the server runs with 8,192\. Correct context_length/],
    ['as much', remote(8_192), TUNED, /^$/],
    ['more than nobody configured', remote(), TUNED, /^$/],
    ['it does not say how much', remote(8_192), identity({}), /^$/],
    ['as much as a file of ours says itself', { ...remote(1), place: 'local' as const }, TUNED, /^$/],
  ])('of a server that runs with %s', (_, card, said, words) => expect(sayContextGap(card, said)).toMatch(words));
});
