import type { SamplingParameters } from '@tandem/shared/contracts';
import { noiseModel } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const SAMPLING: readonly (readonly [string, Partial<SamplingParameters>])[] = [
  ['without any choice', { temperature: 0 }],
  ['at half the temperature', { temperature: 0.5, top_k: 1 }],
  ['at twice the temperature', { temperature: 2, top_k: 1 }],
  ['truncated by mass', { temperature: 1, top_p: 0.001 }],
];

describe("an answer's likelihoods", () => {
  const engine = new EngineUnderTest();

  beforeAll(() => engine.load('noise', engine.write('noise.gguf', noiseModel())));
  afterAll(() => engine.close());

  async function told(logprobs: number, parameters: Partial<SamplingParameters> = {}, more = {}) {
    const all = { ...engine.exact, max_tokens: 4, ...parameters } as typeof engine.exact;
    const running = engine.start({ type: 'generate', model: 'noise', messages: [{ role: 'user', content: 'Go on' }], parameters: all, logprobs, ...more });
    expect(await running.answer).toMatchObject({ type: 'end' });
    return running.progress.flatMap((progress) => (progress.type === 'logprobs' ? progress.tokens : []));
  }

  it.each(SAMPLING)('are the same %s', async (_, parameters) => {
    expect(await told(3, parameters)).toEqual(await told(3));
  });

  it('are those before a penalty, a bias of a grammar and its choice', async () => {
    const [free] = await told(260);
    const [penalised] = await told(260, { repetition_penalty: 2 }, { penalties: { presence: 2, frequency: 2 } });
    const [bound] = await told(260, {}, { format: { type: 'json_schema', schema: { const: 77 } } });
    expect(penalised?.top_logprobs).toEqual(free?.top_logprobs);
    expect(bound?.top_logprobs).toEqual(free?.top_logprobs);
    expect(bound?.logprob).toBe(free?.top_logprobs.find(({ token }) => token === '7')?.logprob);
  });

  it.each([0, 1, 5, 20, 260])('hold exactly %i others', async (count) => {
    const tokens = await told(count);
    expect(tokens.map(({ top_logprobs: top }) => top.length)).toEqual(tokens.map(() => count));
  });

  it('add up to 1', async () => {
    for (const { top_logprobs: top } of await told(260, { temperature: 1.5 }))
      expect(top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 4);
  });

  it('leave the answer as it is, and the next one beside it', async () => {
    const parameters = { temperature: 1, seed: 7 };
    const plain = await engine.ask('noise', 'Go on', { max_tokens: 4, ...parameters });
    const said = await told(2, parameters);
    expect(said.map(({ token }) => token).join('')).toBe(plain.text);
  });
});
