import type { EngineCall, ScoredToken } from '@tandem/shared/engine-protocol';
import { ggufBytes, noiseModel, randomLora, wideLlama } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';
import { oracleKl } from './testing/oracle-kl';

const TEXT = `The river was old, and it remembered. ${'So it went on. '.repeat(8)}`;
const MB = 1024 * 1024;
const BUFFER = { buffer: 'a', place: 0 };

describe('comparing what two models expect', () => {
  const engine = new EngineUnderTest();

  beforeAll(async () => {
    const path = engine.write('noise.gguf', noiseModel());
    await engine.load('noise', path);
    await engine.load('adapted', path, { adapter: { path: engine.write('lora.gguf', ggufBytes(randomLora())), scale: 1 } });
  });
  afterEach(() => engine.call({ type: 'drop', buffer: 'a' }));
  afterAll(() => engine.close());

  async function scored(model: string, how: Partial<Extract<EngineCall, { type: 'score' }>> = {}) {
    const running = engine.start({ type: 'score', model, messages: [], text: TEXT, ...how });
    const end = await running.answer;
    const tokens = running.progress.flatMap((progress): readonly ScoredToken[] => (progress.type === 'scores' ? progress.tokens : []));
    return { end, tokens, kl: tokens.map(({ kl }) => kl) };
  }

  async function compared(baseline: string, derivative: string, how: Partial<Extract<EngineCall, { type: 'score' }>> = {}) {
    await scored(baseline, { keep: BUFFER });
    return scored(derivative, { against: BUFFER, ...how });
  }

  /** At every place, by the ids of all tokens. */
  async function wholes(model: string): Promise<Float64Array[]> {
    return (await scored(model, { alternatives: 1_000 })).tokens.slice(1).map(({ top }) => {
      const logprobs = new Float64Array(top.length);
      for (const { id, logprob } of top) logprobs[id] = logprob;
      return logprobs;
    });
  }

  it('gives at every token the KL over the whole vocabulary', async () => {
    const { kl } = await compared('noise', 'adapted');
    const [ours, theirs] = [await wholes('noise'), await wholes('adapted')];
    expect(kl[0]).toBeUndefined();
    expect(kl).toHaveLength(ours.length + 1);
    for (const [index, logprobs] of ours.entries()) expect(Math.abs((kl[index + 1] ?? NaN) - oracleKl(logprobs, theirs[index] ?? []))).toBeLessThan(1e-3);
  });

  it.each(['noise', 'adapted'])('of %s with itself gives nothing', async (model) => {
    const { kl } = await compared(model, model);
    for (const nats of kl.slice(1)) expect(nats).toBeLessThan(1e-6);
  });

  it('changes no other figure, and is the same the next time', async () => {
    const [plain, once, again] = [
      await scored('adapted', { alternatives: 3 }),
      await compared('noise', 'adapted', { alternatives: 3 }),
      await compared('noise', 'adapted'),
    ];
    expect(once.tokens.map(({ kl: _, ...token }) => token)).toEqual(plain.tokens);
    expect(again.kl).toEqual(once.kl);
  });

  it('takes as much of an adapter as is asked for: none of it is the weights alone', async () => {
    const bare = await scored('noise', { keep: BUFFER });
    const none = await scored('adapted', { against: BUFFER, adapterScale: 0 });
    expect(none.tokens.map(({ kl: _, ...token }) => token)).toEqual(bare.tokens);
    const at = async (adapterScale?: number) => {
      const { kl } = await scored('adapted', { against: BUFFER, ...(adapterScale === undefined ? {} : { adapterScale }) });
      return kl.slice(1).reduce<number>((sum, nats) => sum + (nats ?? NaN), 0) / (kl.length - 1);
    };
    expect(await at(0)).toBeLessThan(1e-6);
    expect([await at(0.5), await at(1)]).toEqual([expect.any(Number), await at()]);
    expect(await at(0.5)).toBeGreaterThan(await at(0.25));
    expect(await at(1)).toBeGreaterThan(await at(0.5));
  });

  it('tells nothing of what is kept of another text, or not any more', async () => {
    expect((await scored('noise', { keep: BUFFER })).end).toMatchObject({ type: 'scored', isKept: true });
    expect((await scored('adapted', { against: BUFFER, text: 'Another text.' })).kl).toEqual(Array(13).fill(undefined));
    expect((await scored('adapted', { against: { buffer: 'a', place: 1 } })).kl[1]).toBeUndefined();
    expect(await engine.call({ type: 'drop', buffer: 'a' })).toMatchObject({ type: 'dropped' });
    expect((await scored('adapted', { against: BUFFER })).kl[1]).toBeUndefined();
  });

  it('keeps of a vocabulary of 152,000 tokens what there is room for, in bounded memory', async () => {
    await engine.load('wide', engine.write('wide.gguf', ggufBytes(wideLlama(151_936))));
    const before = engine.memoryBytes();
    const text = 'abcdefgh '.repeat(15);
    expect((await scored('wide', { text, keep: BUFFER })).end).toMatchObject({ isKept: true });
    const { kl } = await scored('wide', { text, against: BUFFER });
    expect(kl.slice(1).every((nats) => (nats ?? NaN) < 1e-6)).toBe(true);
    expect(engine.memoryBytes() - before).toBeLessThan(4 * 151_936 * 64 + 100 * MB);
    expect((await scored('wide', { text: 'abcdefgh '.repeat(40), keep: BUFFER })).end).toMatchObject({ isKept: false });
    // A file of 80 MB is written and read first, and all tokens are looked at 600 times.
  });

  it('stops before its end', async () => {
    await engine.load('long', engine.write('long.gguf', ggufBytes(wideLlama(4_000))));
    // as much as is kept: some eight seconds' work
    const running = engine.start({ type: 'score', model: 'long', messages: [], text: 'x'.repeat(4_000), keep: BUFFER });
    await engine.until(() => running.progress.some((told) => told.type === 'scores' && told.progress > 0));
    running.cancel();
    expect(await running.answer).toMatchObject({ type: 'fault' });
    expect(Math.max(...running.progress.map((told) => (told.type === 'scores' ? told.progress : 0)))).toBeLessThan(1);
  });
});
