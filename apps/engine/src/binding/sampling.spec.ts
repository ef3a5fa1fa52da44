import type { Token } from 'node-llama-cpp';
import { foldSeed, samplingOptions } from './sampling';

describe('samplingOptions', () => {
  const parameters = { temperature: 0, top_p: 1, top_k: 0, repetition_penalty: 1.1, max_tokens: 5, seed: 3, stop: [] };

  it('sets every value, so that no default of the binding applies', () => {
    expect(samplingOptions(parameters, [])).toMatchObject({
      temperature: 0,
      topP: 1,
      topK: 0,
      minP: 0,
      seed: 3,
      repeatPenalty: { penalty: 1.1, presencePenalty: 0, frequencyPenalty: 0 },
    });
  });

  it('leaves out the least likely where that is asked for', () => {
    expect(samplingOptions({ ...parameters, min_p: 0.2 }, []).minP).toBe(0.2);
  });

  it('penalises the last 64 tokens as they are when a token is chosen', () => {
    const history = Array.from({ length: 70 }, (_, index) => index as Token);
    const { repeatPenalty } = samplingOptions(parameters, history);
    history.push(70 as Token);
    const punished = repeatPenalty?.punishTokens instanceof Function ? repeatPenalty.punishTokens() : [];
    expect(punished).toEqual(Array.from({ length: 64 }, (_, index) => index + 7));
  });
});

describe('foldSeed', () => {
  it.each([
    [0, 0],
    [42, 42],
    [0xfffffffe, 0xfffffffe],
  ])('keeps %d, as llama.cpp takes it', (seed, folded) => expect(foldSeed(seed)).toBe(folded));

  it('never gives the value that llama.cpp replaces by a random one', () => {
    expect(foldSeed(0xffffffff)).not.toBe(0xffffffff);
  });

  it('tells large seeds apart that end in the same 32 bits', () => {
    expect(foldSeed(2 ** 40 + 1)).not.toBe(foldSeed(2 ** 41 + 1));
    expect(foldSeed(Number.MAX_SAFE_INTEGER)).toBeLessThan(2 ** 32);
  });
});
