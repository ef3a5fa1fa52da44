import { resolve } from 'node:path';
import { randomDeepseek2, randomMamba, slowLlama } from '@tandem/testing';
import { EngineUnderTest, EXACT } from './testing/engine-under-test';

const TINY = resolve('checkpoints/pretrain/tandem-tiny-base.gguf');
const HISTORY = 'In the morning the river was quiet, and nobody spoke of the storm. '.repeat(12);

describe('the prompt cache', () => {
  const engine = new EngineUnderTest();
  /** Never used before: nothing of an earlier prompt can be in it. */
  let fresh = 0;

  beforeAll(() => engine.load('tiny', TINY));
  afterEach(() => engine.call({ type: 'forget', conversation: null, owner: 'someone' }));
  afterAll(() => engine.close());

  /** The same question to a model that has read nothing yet. */
  async function askedAfresh(path: string, content: string, parameters: Partial<typeof EXACT> = {}) {
    const name = `fresh-${++fresh}`;
    await engine.load(name, path);
    const answer = await engine.ask(name, content, parameters);
    await engine.call({ type: 'unload', model: name });
    return answer;
  }

  describe.each([
    ['greedily', {}],
    ['with a seed', { temperature: 0.9, top_p: 0.9, top_k: 50, repetition_penalty: 1.1, seed: 7 }],
  ])('%s', (_how, parameters) => {
    it('leaves a second turn only its new tokens to read, and answers it alike each time', async () => {
      const first = await engine.ask('tiny', HISTORY, parameters);
      expect(first.cachedTokens).toBe(0);
      const turn = `${HISTORY}${first.text} Then the wind came, and`;
      const second = await engine.ask('tiny', turn, parameters);
      expect(second.cachedTokens).toBeGreaterThan(first.usage.prompt_tokens - 3);
      expect((await engine.ask('tiny', turn, parameters)).text).toBe(second.text);
    });

    it('answers a regeneration like the first time, from all but the last few tokens', async () => {
      const long = { ...parameters, max_tokens: 100 };
      const first = await engine.ask('tiny', HISTORY, long);
      const again = await engine.ask('tiny', HISTORY, long);
      expect(again.cachedTokens).toBeGreaterThanOrEqual(first.usage.prompt_tokens - 64);
      expect(again.text).toBe(first.text);
      expect((await askedAfresh(TINY, HISTORY, long)).text).toBe(first.text);
    });

    it('answers a prompt that goes on from another as if all of it had been read', async () => {
      await engine.ask('tiny', HISTORY, { max_tokens: 1 });
      const longer = `${HISTORY}Then the wind came, and`;
      const answer = await engine.ask('tiny', longer, { ...parameters, max_tokens: 100 });
      expect(answer.cachedTokens).toBeGreaterThan(100);
      expect(answer.text).toBe((await askedAfresh(TINY, longer, { ...parameters, max_tokens: 100 })).text);
    });
  });

  it('is not used for a prompt that is to be read afresh, which is answered alike, and kept for the next', async () => {
    const first = await engine.ask('tiny', HISTORY);
    const running = engine.start({
      type: 'generate',
      model: 'tiny',
      messages: [{ role: 'user', content: HISTORY }],
      parameters: EXACT,
      owner: 'someone',
      isFresh: true,
    });
    expect(await running.answer).toMatchObject({ type: 'end', cachedTokens: 0 });
    expect(running.text()).toBe(first.text);
    expect((await engine.ask('tiny', HISTORY)).cachedTokens).toBeGreaterThan(0);
  });

  it('reuses what still matches after an edit', async () => {
    await engine.ask('tiny', `${HISTORY}A boat came.`);
    const edited = `${HISTORY}The old man sat down.`;
    const answer = await engine.ask('tiny', edited);
    expect(answer.cachedTokens).toBeGreaterThan(100);
    expect(answer.cachedTokens).toBeLessThan(answer.usage.prompt_tokens - 2);
    expect(answer.text).toBe((await askedAfresh(TINY, edited)).text);
  });

  it('leaves a short prompt little to read, and has it answered as if all had been read', async () => {
    const opening = 'The old man walked along the quiet river and thought of his house.';
    for (const ending of [' Then', ' Then', ' The wind came, and', ' The wind', ' His daughter stood there and']) {
      const answer = await engine.ask('tiny', opening + ending, { max_tokens: 60 });
      expect(answer.usage.prompt_tokens).toBeLessThan(64);
      const afresh = await askedAfresh(TINY, opening + ending, { max_tokens: 60 });
      expect(answer.text).toBe(afresh.text);
    }
    const again = await engine.ask('tiny', `${opening} The wind`, { max_tokens: 1 });
    const isInPieces = process.arch === 'x64';
    expect(again.usage.prompt_tokens - again.cachedTokens).toBeLessThan(isInPieces ? 12 : 64);
  });

  it('keeps several conversations apart', async () => {
    const topics = ['river', 'house', 'garden'].map((topic) => `The ${topic} was old. `.repeat(30));
    for (const topic of topics) await engine.ask('tiny', topic);
    for (const topic of topics) expect((await engine.ask('tiny', `${topic}And`)).cachedTokens).toBeGreaterThan(100);
  });

  it('keeps what a stopped answer had read', async () => {
    await engine.load('slow', engine.write('slow.gguf', slowLlama()));
    const running = engine.generate('slow', 'x'.repeat(500), { max_tokens: 3_000 });
    await engine.until(() => running.text().length > 5);
    running.cancel();
    expect(await running.answer).toMatchObject({ finishReason: 'cancelled' });
    expect((await engine.ask('slow', 'x'.repeat(500))).cachedTokens).toBeGreaterThanOrEqual(448);
  });

  it('is dropped for one conversation, and for that alone', async () => {
    const [one, two] = ['The river was old. '.repeat(30), 'The house was old. '.repeat(30)] as const;
    await engine.ask('tiny', one, {}, 'one');
    await engine.ask('tiny', two, {}, 'two');
    expect(await engine.call({ type: 'forget', conversation: 'one', owner: 'someone' })).toEqual({ type: 'forgotten', id: expect.any(Number) as number });
    expect((await engine.ask('tiny', one, {}, 'one')).cachedTokens).toBe(0);
    expect((await engine.ask('tiny', two, {}, 'two')).cachedTokens).toBeGreaterThan(100);
  });

  it("works for DeepSeek-V3's latent attention", async () => {
    const path = engine.write('deep.gguf', randomDeepseek2());
    await engine.load('deep', path);
    await engine.ask('deep', `${'y'.repeat(300)}one`);
    const answer = await engine.ask('deep', `${'y'.repeat(300)}two`);
    expect(answer.cachedTokens).toBe(256);
    expect(answer.text).toBe((await askedAfresh(path, `${'y'.repeat(300)}two`)).text);
  });

  it('is not cut back where a model keeps one state for all it has read', async () => {
    const path = engine.write('mamba.gguf', randomMamba());
    await engine.load('mamba', path);
    const first = await engine.ask('mamba', `${'y'.repeat(300)}one`);
    const edited = await engine.ask('mamba', `${'y'.repeat(300)}two`);
    expect(edited.cachedTokens).toBe(0);
    expect(edited.text).toBe((await askedAfresh(path, `${'y'.repeat(300)}two`)).text);
    const again = await engine.ask('mamba', `${'y'.repeat(300)}one`);
    expect(again).toMatchObject({ cachedTokens: 0, text: first.text });
  });

  it('scores texts without leaving a trace', async () => {
    const score = () => engine.call({ type: 'score', model: 'tiny', messages: [], text: 'The river was old.' });
    const alone = await score();
    await engine.ask('tiny', 'The river was old.');
    expect(await score()).toEqual({ ...alone, id: expect.any(Number) as number });
  });
});
