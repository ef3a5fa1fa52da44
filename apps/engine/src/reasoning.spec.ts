import type { EngineCall } from '@tandem/shared/engine-protocol';
import { scriptedLlama } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const THINKS = ['<think>', 'h', 'm', '</think>', 'y', 'e', 's'];
const PLAIN_TEMPLATE = "{% for message in messages %}{{ message['content'] }}|{% endfor %}";

describe("a thinking model's thoughts", () => {
  const engine = new EngineUnderTest();

  afterAll(() => engine.close());

  async function said(
    name: string,
    model: Parameters<typeof scriptedLlama>[0],
    prompt = 'Q',
    parameters = {},
    more: Partial<Extract<EngineCall, { type: 'generate' }>> = {},
  ) {
    await engine.load(name, engine.write(`${name}.gguf`, scriptedLlama(model)));
    const running = engine.start({
      type: 'generate',
      model: name,
      messages: [{ role: 'user', content: prompt }],
      parameters: { ...engine.exact, max_tokens: 40, ...parameters },
      ...more,
    });
    await running.answer;
    const pieces = running.progress.filter((progress) => progress.type === 'text');
    const joined = (isThought: boolean) =>
      pieces
        .filter(({ reasoning = false }) => reasoning === isThought)
        .map(({ text }) => text)
        .join('');
    const told = running.progress
      .flatMap((progress) => (progress.type === 'logprobs' ? progress.tokens : []))
      .map(({ token }) => token)
      .join('');
    return { all: running.text(), thoughts: joined(true), answer: joined(false), told };
  }

  it.each([
    ['tokens', { extraTokens: ['<think>', '</think>'] }],
    ['control tokens', { extraTokens: ['<think>', '</think>'], areControl: true }],
  ])('are told apart, without their tags, where those are %s', async (kind, extra) => {
    expect(await said(kind, { says: THINKS, ...extra })).toMatchObject({ all: 'hmyes', thoughts: 'hm', answer: 'yes' });
  });

  it('are told apart where the tags come in several tokens', async () => {
    const model = { says: ['<thi', 'nk>', 'h', 'm', '</th', 'ink>', 'y'], extraTokens: ['<thi', 'nk>', '</th', 'ink>'] };
    expect(await said('pieces', model)).toMatchObject({ thoughts: 'hm', answer: 'y' });
  });

  it('are told apart where the chat template began them', async () => {
    const model = { says: ['h', 'm', '</think>', 'y'], extraTokens: ['<think>', '</think>'], chatTemplate: `${PLAIN_TEMPLATE}<think>!` };
    expect((await said('answers', model)).thoughts).toBe('');
    const opened = { ...model, chatTemplate: `${PLAIN_TEMPLATE}{% if add_generation_prompt %}<think>{% endif %}` };
    expect(await said('opened', opened)).toMatchObject({ all: 'hmy', thoughts: 'hm', answer: 'y' });
  });

  it('are text where an answer speaks of them', async () => {
    const model = { says: ['y', '<think>', 'h', '</think>'], extraTokens: ['<think>', '</think>'] };
    expect(await said('middle', model)).toMatchObject({ all: 'y<think>h</think>', thoughts: '', answer: 'y<think>h</think>' });
  });

  it('are free where a grammar binds the answer, and tell nothing of their tokens', async () => {
    const model = {
      says: ['h', 'm', '</think>', 'y'],
      extraTokens: ['<think>', '</think>'],
      chatTemplate: `${PLAIN_TEMPLATE}{% if add_generation_prompt %}<think>{% endif %}`,
    };
    const bound = { format: { type: 'json_schema', schema: { type: 'integer', minimum: 10, maximum: 99 } }, logprobs: 0 } as const;
    const { thoughts, answer, told } = await said('bound', model, 'Q', {}, bound);
    expect(thoughts).toBe('hm');
    expect(answer).toMatch(/^[1-9][0-9]$/);
    expect(told).toBe(answer);
  });

  it('are not begun where a grammar binds all of an answer', async () => {
    const bound = { format: { type: 'json_schema', schema: { const: 'yes' } } } as const;
    const { thoughts, answer } = await said('bound-at-once', { says: THINKS, extraTokens: ['<think>', '</think>'] }, 'Q', {}, bound);
    expect({ thoughts, answer }).toEqual({ thoughts: '', answer: '"yes"' });
  });

  it('are cut by a stop string like any text', async () => {
    expect(await said('stopped', { says: THINKS, extraTokens: ['<think>', '</think>'] }, 'Q', { stop: ['m'] })).toMatchObject({
      all: 'h',
      thoughts: 'h',
      answer: '',
    });
  });
});
