import { ggufBytes, noiseModel, randomByteSpeaker, randomLlama, STRING } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const TEMPLATE = "{{ bos_token }}{% for message in messages %}[{{ message['content'] }}]{% endfor %}";
const DEMO = 'checkpoints/sft/tandem-tiny-chat.gguf';

describe('a vocabulary', () => {
  const engine = new EngineUnderTest();
  const paths = { noise: '', chats: '', bytes: '' };

  beforeAll(() => {
    paths.noise = engine.write('noise.gguf', noiseModel());
    paths.chats = engine.write('chats.gguf', randomLlama([['tokenizer.chat_template', STRING, TEMPLATE]]));
    paths.bytes = engine.write('bytes.gguf', ggufBytes(randomByteSpeaker()));
  });
  afterAll(() => engine.close());

  const tokenize = (path: string, content: string, more = {}) =>
    engine.call({ type: 'tokenize', model: path, paths: [path], messages: [{ role: 'user', content }], ...more });
  const detokenize = (path: string, tokens: readonly number[]) => engine.call({ type: 'detokenize', model: path, paths: [path], tokens });

  it('says what tokens a text is made of, and puts them together again, without its weights', async () => {
    const said = await tokenize(paths.noise, 'ab é😀', { isRaw: true });
    expect(said).toMatchObject({ type: 'tokenized', pieces: ['ab', 'Ġ', 'Ã', '©', 'ð', 'Ł', 'ĺ', 'Ģ'] });
    expect(await detokenize(paths.noise, said.type === 'tokenized' ? said.tokens : [])).toMatchObject({ text: 'ab é😀' });
  });

  it('puts the chat template around messages', async () => {
    expect(await tokenize(paths.chats, 'ab')).toMatchObject({ tokens: [0, 93, 258, 95], pieces: ['<s>', '[', 'ab', ']'] });
    expect(await tokenize(paths.chats, 'ab', { isBare: true })).toMatchObject({ pieces: ['[', 'ab', ']'] });
    expect(await detokenize(paths.chats, [0, 93, 258])).toMatchObject({ text: '<s>[ab' });
  });

  it('takes for text what only looks like a control token', async () => {
    expect(await tokenize(paths.noise, '</s>', { isRaw: true })).toMatchObject({ pieces: ['<', '/', 's', '>'] });
  });

  it('is the same while its model is loaded', async () => {
    const before = await tokenize(paths.chats, 'Hello');
    await engine.load(paths.chats, paths.chats);
    expect(await tokenize(paths.chats, 'Hello')).toEqual({ ...before, id: expect.any(Number) as number });
  });

  it('is known by the hash of its tokens', async () => {
    const of = async (path: string) => engine.call({ type: 'vocabulary', model: path, paths: [path] });
    const noise = await of(paths.noise);
    expect(noise).toMatchObject({
      vocabulary: { size: 260, kind: 'gpt2', bos: '<s>', eos: '</s>', chatTemplate: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(await of(paths.chats)).toMatchObject({ vocabulary: { hash: noise.type === 'vocabulary' ? noise.vocabulary.hash : '', chatTemplate: TEMPLATE } });
    expect(await of(paths.bytes)).not.toMatchObject({ vocabulary: { hash: noise.type === 'vocabulary' ? noise.vocabulary.hash : '' } });
  });

  it('gives back the text of a SentencePiece model without the space that was put before it', async () => {
    const said = await tokenize(DEMO, 'The river was old.', { isRaw: true, isBare: true });
    expect(await detokenize(DEMO, said.type === 'tokenized' ? said.tokens : [])).toMatchObject({ text: 'The river was old.' });
  });

  it('refuses numbers that are no tokens', async () => {
    for (const wrong of [260, -1, 1.5])
      expect(await detokenize(paths.noise, [wrong])).toMatchObject({
        fault: { code: 'invalid_request', message: expect.stringContaining(String(wrong)) as string },
      });
  });

  it('reads a prompt that comes as tokens as it is', async () => {
    await engine.load('noise', paths.noise);
    const parameters = { ...engine.exact, max_tokens: 4 };
    const asked = async (more: object) => {
      const running = engine.start({ type: 'generate', model: 'noise', messages: [{ role: 'user', content: 'ab cd' }], isRaw: true, parameters, ...more });
      return { end: await running.answer, text: running.text() };
    };
    const asText = await asked({});
    const said = await tokenize(paths.noise, 'ab cd', { isRaw: true });
    const asTokens = await asked({ messages: [], promptTokens: said.type === 'tokenized' ? said.tokens : [] });
    expect(asTokens.text).toBe(asText.text);
    expect(asTokens.end).toMatchObject({ usage: { prompt_tokens: 3, completion_tokens: 4 } });
  });
});
