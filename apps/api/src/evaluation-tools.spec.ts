import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const BASE = 'pretrain/tandem-tiny-base.gguf';
const TEXT = 'The river runs to the sea.';

interface Choice {
  readonly index: number;
  readonly text: string;
  readonly finish_reason: string;
  readonly logprobs: {
    readonly tokens: string[];
    readonly token_logprobs: (number | null)[];
    readonly top_logprobs: (Record<string, number> | null)[];
    readonly text_offset: number[];
  };
}

interface Failure {
  readonly error: { readonly param: string; readonly code: string };
}

describe('an evaluation tool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-evaluation-'));
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(folder, {
      CHECKPOINTS_DIR: CHECKPOINTS,
      BASELINE_MODELS: JSON.stringify([{ name: 'elsewhere', endpoint: '127.0.0.1:9', protocol: 'openai-completions', model: 'm' }]),
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const post = async (path: string, body: object) => {
    const response = await fetch(server.origin + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: BASE, ...body }),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  const complete = async (body: object): Promise<Choice[]> => {
    const { status, body: answer } = await post('/v1/completions', body);
    expect([status, answer]).toEqual([200, expect.anything()]);
    return (answer as { choices: Choice[] }).choices;
  };
  const idsOf = async (prompt: string): Promise<number[]> =>
    ((await post('/tokenize', { prompt, add_special_tokens: false })).body as { tokens: number[] }).tokens;

  it('makes tokens of text and text of tokens', async () => {
    const { status, body } = await post('/tokenize', { prompt: TEXT, return_token_strs: true });
    const { count, tokens, token_strs: pieces, max_model_len: most } = body as { count: number; tokens: number[]; token_strs: string[]; max_model_len: number };
    expect([status, count, pieces.length]).toEqual([200, tokens.length, tokens.length]);
    expect(most).toBeGreaterThan(0);
    expect((await post('/detokenize', { tokens: await idsOf(TEXT) })).body).toEqual({ prompt: TEXT });
    const chat = (await post('/tokenize', { model: 'sft/tandem-tiny-chat.gguf', messages: [{ role: 'user', content: 'Hi' }] })).body as { count: number };
    expect(chat.count).toBeGreaterThan((await idsOf('Hi')).length);
  });

  it('is told of the vocabulary', async () => {
    const response = await fetch(`${server.origin}/tokenizer_info?model=${BASE}`);
    expect(await response.json()).toMatchObject({ tokenizer_class: expect.any(String), vocab_size: expect.any(Number), eos_token: expect.any(String) });
  });

  it.each([0, 1])('is told how likely a prompt is, by its text, with %d tokens to follow', async (most) => {
    const [choice] = await complete({ prompt: TEXT, echo: true, logprobs: 2, max_tokens: most, temperature: 0 });
    const { tokens = [], token_logprobs: values = [], top_logprobs: tops = [], text_offset: places = [] } = choice?.logprobs ?? {};
    const told = await idsOf(TEXT);
    expect(tokens).toHaveLength(told.length + most);
    expect(tokens.slice(0, told.length).join('')).toBe(TEXT);
    expect([values[0], tops[0], places[0]]).toEqual([null, null, 0]);
    for (const [index, value] of values.slice(1, told.length).entries()) {
      expect(value).toBeLessThan(0);
      expect(tops[index + 1]?.[tokens[index + 1] ?? '']).toBe(value);
      expect(TEXT.startsWith(tokens[index + 1] ?? '', places[index + 1])).toBe(true);
    }
    expect(choice?.text.startsWith(TEXT)).toBe(true);
    expect(['stop', 'length']).toContain(choice?.finish_reason);
  });

  it('sums the likelihood of what follows a context as lm-evaluation-harness does, whatever else is in its batch', async () => {
    const contexts = ['The river', 'The sea'];
    const prompts = await Promise.all(contexts.map((context) => idsOf(`${context} runs to the sea.`)));
    const asked = { prompt: prompts, temperature: 0, max_tokens: 1, logprobs: 1, seed: 1234, echo: true };
    const scoreOf = ({ logprobs: { token_logprobs: values, top_logprobs: tops } }: Choice, context: number) => {
      const followed = values.slice(context, -1) as number[];
      const isGreedy = followed.every((value, index) => value === Math.max(...Object.values(tops.slice(context, -1)[index] ?? {})));
      return { sum: followed.reduce((all, value) => all + value, 0), isGreedy, count: followed.length };
    };
    const choices = await complete(asked);
    expect(choices.map(({ index }) => index)).toEqual([0, 1]);
    for (const [index, prompt] of prompts.entries()) {
      const [alone] = await complete({ ...asked, prompt });
      expect(scoreOf(choices[index] as Choice, 2)).toEqual(scoreOf(alone as Choice, 2));
      expect(scoreOf(alone as Choice, 2).count).toBe(prompt.length - 2);
      expect(scoreOf(alone as Choice, 2).sum).toBeLessThan(0);
    }
  });

  it('generates for several prompts at once, and several times for each', async () => {
    const greedy = { temperature: 0, max_tokens: 8, seed: 1234, stop: ['\n\n'] };
    const texts = ['The river', 'The sea'];
    const choices = await complete({ prompt: texts, n: 2, ...greedy });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const alone = await Promise.all(texts.map(async (prompt) => (await complete({ prompt, ...greedy }))[0]?.text));
    expect(choices.map(({ text }) => text)).toEqual([alone[0], alone[0], alone[1], alone[1]]);
    const { tokens } = (await post('/tokenize', { prompt: texts[0] })).body as { tokens: number[] };
    expect((await complete({ prompt: [tokens], ...greedy }))[0]?.text).toBe(alone[0]);
  });

  it.each([
    ['/v1/completions', 'prompt', { prompt: [1.5] }],
    ['/v1/completions', 'prompt[1]', { prompt: ['a', ''] }],
    ['/v1/completions', 'max_tokens', { prompt: 'a', max_tokens: 0 }],
    ['/v1/completions', 'stream', { prompt: 'a', echo: true, stream: true }],
    ['/tokenize', 'prompt', {}],
    ['/tokenize', 'prompt', { prompt: 'a', messages: [{ role: 'user', content: 'a' }] }],
    ['/tokenize', 'add_generation_prompt', { prompt: 'a', add_generation_prompt: false }],
    ['/detokenize', 'tokens', { tokens: [-1] }],
    ['/detokenize', 'nonsense', { tokens: [1], nonsense: 1 }],
  ])('is told by %s that %s is wrong', async (path, param, fields) => {
    const { status, body } = await post(path, fields);
    expect([status, (body as Failure).error?.param]).toEqual([400, param]);
  });

  it('is told that tokens are none of the vocabulary, and that a vocabulary is elsewhere', async () => {
    for (const [path, fields] of [
      ['/detokenize', { tokens: [99_999_999] }],
      ['/v1/completions', { prompt: [99_999_999], max_tokens: 1 }],
    ] as const)
      expect((await post(path, fields)).status).toBe(400);
    expect((await post('/tokenize', { model: 'elsewhere', prompt: 'a' })).status).toBe(409);
  });
});
