import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { type LinkState, readLink, writeLink } from './link-state';

const SETTINGS = { parameters: { ...STREAM_PARAMETERS, temperature: 0.1, top_k: 0, seed: 42 }, system: 'Answer in one word.' };
const STATE: LinkState = {
  models: ['pretrain/a b.gguf', 'tuned'],
  prompt: 'What is 7 & 5?\n=12 🦙',
  settings: [SETTINGS, SETTINGS],
};

describe('links', () => {
  it('lead back to the same comparison', () => {
    expect(readLink(writeLink(STATE))).toEqual(STATE);
  });

  it('carry every parameter, so that a later default changes nothing', () => {
    expect([...new URLSearchParams(writeLink(STATE)).keys()]).toEqual([
      'baseline', 'twodelta', 'temperature', 'top_p', 'top_k', 'repetition_penalty', 'max_tokens', 'seed', 'system', 'prompt',
    ]); // prettier-ignore
  });

  it.each([
    ['a value', { parameters: { ...SETTINGS.parameters, temperature: 1.5 }, system: SETTINGS.system }],
    ['no seed', { parameters: { ...SETTINGS.parameters, seed: null }, system: SETTINGS.system }],
    ['no system prompt', { ...SETTINGS, system: '' }],
  ])('carry %s that one side has for itself', (_, own) => {
    const state = { ...STATE, settings: [SETTINGS, own] };
    expect(readLink(writeLink(state))).toEqual(state);
  });

  it('carry that nothing but the models is to differ', () => {
    expect(readLink(writeLink({ ...STATE, isParity: true }))).toEqual({ ...STATE, isParity: true });
  });

  it('leave out a prompt that is too long for an address', () => {
    expect(readLink(writeLink({ ...STATE, prompt: 'x'.repeat(7_000) })).prompt).toBe('');
  });

  it.each(['temperature=9', 'temperature=warm', 'top_p=0', 'max_tokens=1.5', 'seed=-1', 'temperature='])('take the default for %s', (query) => {
    expect(readLink(`?${query}`).settings.map(({ parameters }) => parameters)).toEqual([STREAM_PARAMETERS, STREAM_PARAMETERS]);
  });
});
