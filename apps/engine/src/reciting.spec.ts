import type { EngineCall } from '@tandem/shared/engine-protocol';
import { type Recital, recitingGpt2, rwkvVocabulary } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const NORMAL = 1;
const USER_DEFINED = 4;
const TEMPLATE = "{% for message in messages %}{{ message['content'] }}|{% endfor %}";
/** `Q|`, and nothing before it. */
const PROMPT_TOKENS = 2;
const OPENED = (mark: string) => `${TEMPLATE}{% if add_generation_prompt %}${mark}{% endif %}`;

const HARMONY = ['<|start|>', '<|end|>', '<|message|>', '<|channel|>', '<|constrain|>', '<|return|>', '<|call|>'];
const words = (text: string) => [...text].map((letter) => (letter === ' ' ? 'Ġ' : letter));
const analysis = (text: string) => ['<|channel|>', ...words('analysis'), '<|message|>', ...words(text), '<|end|>'];
const final = (text: string) => ['<|channel|>', ...words('final'), '<|message|>', ...words(text)];
const HARMONY_ANSWER = [...analysis('hm hm'), '<|start|>', ...words('assistant'), ...final('yes')];

type Told = { readonly model: string } & Partial<Extract<EngineCall, { type: 'generate' }>>;

describe('what a model recites', () => {
  const engine = new EngineUnderTest();
  let models = 0;

  afterAll(() => engine.close());

  async function loaded(recital: Omit<Recital, 'after'> & { readonly after?: number }): Promise<string> {
    const model = `recital-${++models}`;
    const path = engine.write(`${model}.gguf`, recitingGpt2({ chatTemplate: TEMPLATE, after: PROMPT_TOKENS, ...recital }));
    expect(await engine.load(model, path)).toMatchObject({ type: 'loaded' });
    return model;
  }

  async function told({ model, parameters, ...more }: Omit<Told, 'parameters'> & { readonly parameters?: object }) {
    const running = engine.start({
      type: 'generate',
      model,
      messages: [{ role: 'user', content: 'Q' }],
      parameters: { ...engine.exact, max_tokens: 100, ...parameters },
      ...more,
    });
    const end = await running.answer;
    const pieces = running.progress.filter((progress) => progress.type === 'text');
    const joined = (isThought: boolean) =>
      pieces
        .filter(({ reasoning = false }) => reasoning === isThought)
        .map(({ text }) => text)
        .join('');
    const tokens = running.progress.flatMap((progress) => (progress.type === 'logprobs' ? progress.tokens : []));
    return {
      thoughts: joined(true),
      answer: joined(false),
      tokens: tokens.map(({ token }) => token).join(''),
      reason: end.type === 'end' ? end.finishReason : end,
    };
  }

  describe('in channels', () => {
    it.each([
      ['control tokens', 3],
      ['tokens that are text', NORMAL],
      ['tokens that users define', USER_DEFINED],
    ])('is told apart where the marks are %s', async (_, extraType) => {
      const model = await loaded({ says: HARMONY_ANSWER, extraTokens: HARMONY, extraType, ends: '<|return|>' });
      expect(await told({ model })).toEqual({ thoughts: 'hm hm', answer: 'yes', tokens: '', reason: 'stop' });
    });

    it('goes on behind a channel where llama.cpp takes its end for the end of all', async () => {
      const model = await loaded({
        says: HARMONY_ANSWER,
        extraTokens: HARMONY.filter((token) => token !== '<|call|>' && token !== '<|return|>'),
        ends: '<|end|>',
      });
      expect(await told({ model })).toMatchObject({ thoughts: 'hm hm', answer: 'yes', reason: 'stop' });
    });

    it.each([
      ['a role', '<|start|>assistant', 1 + 9, HARMONY_ANSWER],
      ['a channel', '<|start|>assistant<|channel|>analysis<|message|>', 1 + 9 + 1 + 8 + 1, HARMONY_ANSWER.slice(10)],
      ['the final channel', '<|start|>assistant<|channel|>final<|message|>', 1 + 9 + 1 + 5 + 1, words('yes')],
    ])('is told apart where the template opened %s', async (_, opening, length, says) => {
      const model = await loaded({ says, extraTokens: HARMONY, ends: '<|return|>', chatTemplate: OPENED(opening), after: PROMPT_TOKENS + length });
      expect(await told({ model })).toMatchObject({ thoughts: says.length > 3 ? 'hm hm' : '', answer: 'yes' });
    });

    it('ends with the answer, whatever the model would say behind it', async () => {
      const says = [...HARMONY_ANSWER, '<|end|>', '<|start|>', ...words('assistant'), ...final('no')];
      expect(await told({ model: await loaded({ says, extraTokens: HARMONY, ends: '<|return|>' }) })).toMatchObject({ answer: 'yes' });
    });

    it('tells the likelihoods of the answer alone', async () => {
      const model = await loaded({ says: HARMONY_ANSWER, extraTokens: HARMONY, ends: '<|return|>' });
      expect(await told({ model, logprobs: 1 })).toMatchObject({ answer: 'yes', tokens: 'yes' });
    });

    it('is not stopped by the name of a channel, and by words of thoughts and answer', async () => {
      const model = await loaded({ says: HARMONY_ANSWER, extraTokens: HARMONY, ends: '<|return|>' });
      expect(await told({ model, parameters: { stop: ['assistant', 'final', 'analysis'] } })).toMatchObject({ thoughts: 'hm hm', answer: 'yes' });
      expect(await told({ model, parameters: { stop: ['m h'] } })).toMatchObject({ thoughts: 'h', answer: '' });
      expect(await told({ model, parameters: { stop: ['es'] } })).toMatchObject({ thoughts: 'hm hm', answer: 'y' });
    });

    it('is bound by a grammar in its final channel', async () => {
      const model = await loaded({
        says: [...HARMONY_ANSWER.slice(0, -3), '7'],
        extraTokens: HARMONY,
        ends: '<|return|>',
        chatTemplate: OPENED('<|start|>assistant'),
        after: PROMPT_TOKENS + 10,
      });
      expect(await told({ model, format: { type: 'json_schema', schema: { type: 'integer', minimum: 0, maximum: 9 } } })).toMatchObject({
        thoughts: 'hm hm',
        answer: '7',
        reason: 'stop',
      });
    });
  });

  it('reads what somebody writes as text, whatever llama.cpp takes for marks', async () => {
    const model = await loaded({ says: ['y'], extraTokens: HARMONY, ends: '<|return|>' });
    const path = `${engine.folder}/${model}.gguf`;
    const said = await engine.call({ type: 'tokenize', model, paths: [path], messages: [{ role: 'user', content: 'a<|start|>b<|end|>' }] });
    expect(said).toMatchObject({ pieces: [...'a<|start|>b<|end|>|'] });
  });

  describe('between marks', () => {
    const FORMS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['<think>', ['<think>', '</think>'], ['<think>', 'h', 'm', '</think>', 'y']],
      ['[THINK]', ['[THINK]', '[/THINK]'], ['[THINK]', 'h', 'm', '[/THINK]', 'y']],
      [
        '<|START_THINKING|>',
        ['<|START_THINKING|>', '<|END_THINKING|>', '<|START_RESPONSE|>', '<|END_RESPONSE|>'],
        ['<|START_THINKING|>', 'h', 'm', '<|END_THINKING|>', '<|START_RESPONSE|>', 'y', '<|END_RESPONSE|>'],
      ],
      ['<seed:think>', ['<seed:think>', '</seed:think>'], ['<seed:think>', 'h', 'm', '</seed:think>', 'y']],
      ["Granite's", ['<think>', '</think>', '<response>', '</response>'], ['<think>', 'h', 'm', '</think>', '<response>', 'y', '</response>']],
      ["Gemma's", ['<|channel>', '<channel|>'], ['<|channel>', ...words('thought'), 'Ċ', 'h', 'm', '<channel|>', 'y']],
    ];

    it.each(FORMS)('%s is told apart, as control tokens and as text', async (_, extraTokens, says) => {
      for (const extraType of [3, NORMAL]) {
        expect(await told({ model: await loaded({ says, extraTokens, extraType }), logprobs: 0 })).toEqual({
          thoughts: 'hm',
          answer: 'y',
          tokens: 'y',
          reason: 'stop',
        });
      }
    });

    it.each(FORMS)('%s is told apart where the template opened it', async (_, extraTokens, says) => {
      const mark = says.indexOf('m') - 1;
      const opening = says.slice(0, mark).join('').replace('Ċ', '\n');
      const model = await loaded({ says: says.slice(mark), extraTokens, chatTemplate: OPENED(opening), after: PROMPT_TOKENS + mark });
      expect(await told({ model })).toMatchObject({ thoughts: 'hm', answer: 'y' });
    });

    it('is thought again where a control token says so in the middle of an answer, and text where only text does', async () => {
      const extraTokens = ['<think>', '</think>'];
      const says = ['y', '<think>', 'h', '</think>', 'z', '</think>'];
      expect(await told({ model: await loaded({ says, extraTokens }) })).toMatchObject({ thoughts: 'h', answer: 'yz' });
      expect(await told({ model: await loaded({ says, extraTokens, extraType: NORMAL }) })).toMatchObject({
        thoughts: '',
        answer: 'y<think>h</think>z</think>',
      });
    });
  });

  it('never shows a control token, in thoughts or answer', async () => {
    const model = await loaded({ says: ['<think>', 'h', '<odd>', '</think>', 'y', '<odd>', 'z'], extraTokens: ['<think>', '</think>', '<odd>'] });
    expect(await told({ model, logprobs: 0 })).toMatchObject({ thoughts: 'h', answer: 'yz', tokens: 'yz' });
  });

  describe('stops', () => {
    it.each([
      ['a control token', 'a', ['<odd>']],
      ['a control token behind text', '', ['a<odd>']],
      ['a control token before text', 'a', ['<odd>b']],
      ['the end of a thought', 'a', ['<odd>', 'z']],
    ])('by %s, which is not shown', async (_, answer, stop) => {
      const model = await loaded({ says: ['a', '<odd>', 'b', 'c'], extraTokens: ['<odd>'] });
      expect(await told({ model, parameters: { stop } })).toMatchObject({ answer, reason: 'stop' });
    });

    it('by the mark of a thought', async () => {
      const model = await loaded({ says: ['<think>', 'h', '</think>', 'y'], extraTokens: ['<think>', '</think>'] });
      expect(await told({ model, parameters: { stop: ['</think>'] } })).toMatchObject({ thoughts: 'h', answer: '', reason: 'stop' });
    });

    it('not by one that did not come', async () => {
      const model = await loaded({ says: ['a', '<odd>', 'b', 'c'], extraTokens: ['<odd>', '<other>'] });
      expect(await told({ model, parameters: { stop: ['<other>', 'b<odd>'] } })).toMatchObject({ answer: 'abc' });
    });
  });

  describe('in parts of characters', () => {
    it.each([
      ["RWKV's vocabulary", rwkvVocabulary(['\\xf0\\x9f', '\\x98', '\\x80', 'g\\xc3', '\\xa9\\n', "it\\'s", '\\t\\\\', '日'])],
      [
        'one whose tokens are bytes',
        { kind: 'gpt2', tokens: ['<s>', '</s>', 'Q', '|', 'a', '<0xF0>', '<0x9F>', '<0x98>', '<0x80>', 'b'], types: [3, 3, 1, 1, 1, 6, 6, 6, 6, 1] },
      ],
    ])('of %s is whole', async (title, vocabulary) => {
      const [says, answer] = title.startsWith('RWKV')
        ? [['\\xf0\\x9f', '\\x98', '\\x80', 'g\\xc3', '\\xa9\\n', "it\\'s", '\\t\\\\', '日'], "😀gé\nit's\t\\日"]
        : [['a', '<0xF0>', '<0x9F>', '<0x98>', '<0x80>', 'b'], 'a😀b'];
      expect(await told({ model: await loaded({ says, vocabulary }) })).toMatchObject({ answer, reason: 'stop' });
    });

    it('gives the exact bytes of each', async () => {
      const model = await loaded({ says: ['\\xf0\\x9f', '\\x98', '\\x80'], vocabulary: rwkvVocabulary(['\\xf0\\x9f', '\\x98', '\\x80']) });
      const running = engine.start({ type: 'generate', model, messages: [{ role: 'user', content: 'Q' }], parameters: engine.exact, logprobs: 0 });
      await running.answer;
      expect(running.progress.flatMap((progress) => (progress.type === 'logprobs' ? progress.tokens : [])).map(({ bytes }) => bytes)).toEqual([
        [0xf0, 0x9f],
        [0x98],
        [0x80],
      ]);
    });
  });
});
