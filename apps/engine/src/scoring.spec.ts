import type { EngineCall, ScoredToken } from '@tandem/shared/engine-protocol';
import { ggufBytes, noiseModel, randomByteSpeaker, randomLlama, STRING, wideLlama } from '@tandem/testing';
import { stepsOver } from './binding/score-text';
import { EngineUnderTest } from './testing/engine-under-test';

const TEXT = `The river was old, and it remembered 😀. ${'So it went on. '.repeat(20)}`;
const TEMPLATE = "{% for message in messages %}{{ message['content'] }}|{% endfor %}";

describe('scoring a text', () => {
  const engine = new EngineUnderTest();

  beforeAll(() => engine.load('noise', engine.write('noise.gguf', noiseModel())));
  afterAll(() => engine.close());

  type Scoring = Omit<Extract<EngineCall, { type: 'score' }>, 'type' | 'model' | 'messages'> & {
    readonly model?: string;
    readonly messages?: { role: 'user'; content: string }[];
  };

  async function scored({ model = 'noise', messages = [], ...call }: Scoring) {
    const running = engine.start({ type: 'score', model, messages, ...call });
    const end = await running.answer;
    const tokens = running.progress.flatMap((progress): readonly ScoredToken[] => (progress.type === 'scores' ? progress.tokens : []));
    const progress = running.progress.flatMap((told) => (told.type === 'scores' ? [told.progress] : []));
    return { end, tokens, progress, text: Buffer.from(tokens.flatMap(({ bytes }) => [...bytes])).toString('utf8') };
  }

  it('tells every token in exact bytes, the likeliest beside it, and their sum', async () => {
    const { end, tokens, text, progress } = await scored({ text: TEXT, alternatives: 3 });
    expect(text).toBe(TEXT);
    expect(tokens.every(({ top }, index) => top.length === (index === 0 ? 0 : 3))).toBe(true);
    expect(tokens[0]).toMatchObject({ logprob: null, rank: null });
    const sum = tokens.slice(1).reduce((total, { logprob }) => total + (logprob ?? NaN), 0);
    expect(end).toMatchObject({ type: 'scored', tokens: tokens.length - 1, logLikelihood: expect.closeTo(sum, 6) as number });
    for (const { logprob, rank, top } of tokens.slice(1)) {
      expect(top.map((other) => other.logprob)).toEqual(top.map((other) => other.logprob).sort((one, other) => other - one));
      if (rank !== null) expect(top[rank - 1]?.logprob).toBe(logprob);
    }
    expect(progress.at(-1)).toBe(1);
  });

  it('is of one distribution: over the whole vocabulary it adds up to 1', async () => {
    const { tokens } = await scored({ text: 'abcd', alternatives: 1_000 });
    for (const { top, rank } of tokens.slice(1)) {
      expect(top).toHaveLength(260);
      expect(top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 5);
      expect(rank).not.toBeNull();
    }
  });

  it('gives the same number for a beginning, however much comes behind it', async () => {
    const long = 'It went on and on. '.repeat(10);
    const whole = (await scored({ text: long })).tokens;
    for (const length of [2, 3, 64, 65, 66, 129]) expect((await scored({ text: long.slice(0, length) })).tokens).toEqual(whole.slice(0, length));
  });

  it('never reads a single token in a step', () => {
    for (let length = 2; length < 400; length++) {
      const steps = stepsOver(length, 64);
      expect(steps.every(([start, end]) => end - start > 1 && end - start <= 64)).toBe(true);
      expect(steps.at(-1)?.[1]).toBe(length);
    }
  });

  it('gives the same number whoever else is asking', async () => {
    const alone = await scored({ text: TEXT });
    const running = engine.generate('noise', 'Go on', { max_tokens: 400 });
    const beside = await scored({ text: TEXT });
    running.cancel();
    await running.answer;
    expect(beside.tokens).toEqual(alone.tokens);
  });

  it('tells of others that it is asked about, where they are of its own vocabulary', async () => {
    const { end, tokens } = await scored({ text: TEXT, alternatives: 2 });
    const at = tokens.map(({ id, top }) => [...top.map((other) => other.id), id]);
    const { vocabulary = '' } = end as { vocabulary?: string };
    const beside = await scored({ text: TEXT, others: { vocabulary, at } });
    expect(beside.tokens.slice(1).map(({ others }) => others)).toEqual(
      tokens.slice(1).map(({ logprob, top }) => [...top.map((other) => other.logprob), logprob]),
    );
    expect((await scored({ text: TEXT, others: { vocabulary: 'another', at } })).tokens[1]).not.toHaveProperty('others');
  });

  it('takes tokens as they are, and refuses what is none', async () => {
    const { tokens } = await scored({ text: TEXT });
    expect((await scored({ text: tokens.map(({ id }) => id) })).tokens).toEqual(tokens);
    expect((await scored({ text: [1, 260] })).end).toMatchObject({
      fault: { code: 'invalid_request', message: expect.stringMatching(/260 is no token/) as string },
    });
  });

  it('counts from the first token where something stands before it', async () => {
    await engine.load('chats', engine.write('chats.gguf', randomLlama([['tokenizer.chat_template', STRING, TEMPLATE]])));
    const { end, tokens } = await scored({ model: 'chats', messages: [{ role: 'user', content: 'Hi' }], text: 'yes' });
    expect(tokens).toHaveLength(3);
    expect(tokens[0]?.logprob).toBeLessThan(0);
    expect(end).toMatchObject({ tokens: 3 });
  });

  it('gives bytes that are less than a character', async () => {
    await engine.load('bytes', engine.write('bytes.gguf', ggufBytes(randomByteSpeaker())));
    const { tokens, text } = await scored({ model: 'bytes', text: 'é😀' });
    expect(text).toMatch(/é😀$/);
    expect(tokens.filter(({ bytes }) => bytes.length > 0).every(({ bytes }) => bytes.length === 1)).toBe(true);
  });

  it('refuses what is longer than the context', async () => {
    expect((await scored({ text: 'x'.repeat(5_000) })).end).toMatchObject({ fault: { code: 'context_length_exceeded' } });
  });

  it('takes a vocabulary of 152,000 tokens in little memory', async () => {
    await engine.load('wide', engine.write('wide.gguf', ggufBytes(wideLlama(151_936))));
    const before = engine.memoryBytes();
    const { end } = await scored({ model: 'wide', text: 'abcdefgh '.repeat(8), alternatives: 5 });
    expect(end).toMatchObject({ type: 'scored', tokens: 55 });
    expect(engine.memoryBytes() - before).toBeLessThan(200 * 1024 * 1024);
    // A file of 80 MB is written and read first.
  });

  it('stops within a step', async () => {
    // more than a minute's work
    const running = engine.start({ type: 'score', model: 'wide', messages: [], text: 'x'.repeat(4_000), alternatives: 20 });
    await engine.until(() => running.progress.length > 0);
    running.cancel();
    expect(await running.answer).toMatchObject({ type: 'fault' });
    const told = running.progress.flatMap((progress) => (progress.type === 'scores' ? progress.tokens : []));
    expect(told.length).toBeLessThan(3_999);
  });
});
