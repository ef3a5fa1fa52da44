import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { type LinkState, readLink, writeLink } from './link-state';

const STATE: LinkState = {
  baseline: 'pretrain/a b.gguf',
  derivative: 'tuned',
  prompt: 'What is 7 & 5?\n=12 🦙',
  parameters: { ...STREAM_PARAMETERS, temperature: 0.1, top_k: 0, seed: 42 },
  system: 'Answer in one word.',
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

  it('leave out a prompt that is too long for an address', () => {
    expect(readLink(writeLink({ ...STATE, prompt: 'x'.repeat(7_000) })).prompt).toBe('');
  });

  it.each(['temperature=9', 'temperature=warm', 'top_p=0', 'max_tokens=1.5', 'seed=-1', 'temperature='])('take the default for %s', (query) => {
    expect(readLink(`?${query}`).parameters).toEqual(STREAM_PARAMETERS);
  });
});
