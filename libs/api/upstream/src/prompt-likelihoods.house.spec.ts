import type { ScoredText } from '@tandem/api/completion';
import type { ChatTurn } from '@tandem/shared/contracts';
import { closeAfterEach, describeWithFastApi, patient, type ScoringServerOptions, startScoringServer } from '@tandem/testing';
import { UpstreamClient } from './connection/upstream-client';
import { RemoteSource } from './source/remote-source';
import { UNHURRIED } from './testing/unhurried';

const TEXT = 'The river runs. Grüße 😀, 良い!';
const MESSAGES: readonly ChatTurn[] = [{ role: 'user', content: 'Where to?' }];
const BOS = 1;
const closing = closeAfterEach();

async function setup(options: ScoringServerOptions) {
  const server = await startScoringServer(options);
  closing(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closing(() => client.destroy());
  const { scoring } = new RemoteSource({ url: server.url }, client);
  const score = (text = TEXT, messages: readonly ChatTurn[] = [], alternatives = 3): Promise<ScoredText> =>
    scoring.score({ messages, text, alternatives }, () => undefined, patient());
  return { server, scoring, score };
}

/** What the server's model that is none finds of a token. */
const likelihood = (id: number, previous: number): number => -((id * 7_919 + previous * 104_729) % 8_191) / 1_024 - 0.125;

function expectLikely({ parts }: ScoredText, before: number): void {
  let previous = before;
  for (const { id, logprob } of parts) {
    expect(logprob).toBeCloseTo(likelihood(id ?? NaN, previous), 9);
    previous = id ?? NaN;
  }
}

const textOf = ({ parts }: ScoredText): string => Buffer.from(parts.flatMap(({ bytes }) => [...bytes])).toString();

describeWithFastApi('a server that tells how likely a prompt is', () => {
  it.each<[string, ScoringServerOptions]>([
    ['vLLM', { shape: 'vllm' }],
    ['a vLLM that does not spell its tokens', { shape: 'vllm', lacks: ['spellings'] }],
    ['a vLLM that takes no tokens', { shape: 'vllm', lacks: ['ids'] }],
    ['a vLLM that does not say who it is', { shape: 'vllm', lacks: ['owner'] }],
    ['SGLang', { shape: 'sglang' }],
    ['an SGLang that writes parts of characters as unreadable', { shape: 'sglang', fault: 'replaced' }],
    ['an SGLang without a route for tokens', { shape: 'sglang', lacks: ['tokenize'] }],
    ['an SGLang that does not say who it is', { shape: 'sglang', lacks: ['owner'] }],
    ['TGI', { shape: 'tgi' }],
  ])('scores a text alone, each token at its bytes: %s', async (_, options) => {
    const { scoring, score } = await setup(options);
    expect(scoring.ability).toBe('unknown');
    const scored = await score();
    expect(scoring.ability).toBe('prompt_logprobs');
    expect(scored).toMatchObject({ method: 'prompt_logprobs', vocabulary: null, exact: options.shape !== 'tgi' });
    expect(textOf(scored)).toBe(TEXT);
    expectLikely(scored, BOS);
    const smile = scored.parts.findIndex(({ bytes }) => bytes.includes(0xf0));
    expect(scored.parts.slice(smile, smile + 3).map(({ bytes }) => bytes)).toEqual([[0x20, 0xf0, 0x9f], [0x98], [0x80]]);
  });

  it.each<[string, ScoringServerOptions]>([
    ['vLLM', { shape: 'vllm' }],
    ['SGLang', { shape: 'sglang' }],
  ])('tells the likeliest in their order, and the rank of each token: %s', async (_, options) => {
    const { score } = await setup(options);
    const { parts } = await score(TEXT, [], 4);
    for (const { id, rank, top, logprob } of parts) {
      expect(top).toHaveLength(4);
      expect(top.map((other) => other.logprob)).toEqual([...top.map((other) => other.logprob)].sort((one, other) => other - one));
      const place = top.findIndex((other) => other.id === id) + 1;
      if (place > 0) expect([rank, top[place - 1]?.logprob]).toEqual([place, logprob]);
    }
    expect(parts.some(({ rank }) => rank !== null)).toBe(true);
  });

  it.each<[string, ScoringServerOptions]>([
    ['vLLM', { shape: 'vllm' }],
    ['a vLLM that takes no tokens', { shape: 'vllm', lacks: ['ids'] }],
    ['SGLang', { shape: 'sglang' }],
  ])('scores an answer after its conversation, as its template writes that: %s', async (_, options) => {
    const { server, score } = await setup(options);
    const scored = await score(TEXT, MESSAGES);
    expect(textOf(scored)).toBe(TEXT);
    const prompts = (await server.asked()).map(({ body }) => body['prompt'] ?? body['input_ids']).filter(Array.isArray) as number[][];
    const ids = scored.parts.map(({ id }) => id);
    const whole = options.lacks === undefined ? prompts.at(-1) : undefined;
    if (whole !== undefined) {
      expect(whole.slice(-ids.length)).toEqual(ids);
      expectLikely(scored, whole.at(-ids.length - 1) ?? NaN);
    }
    const asked = (await server.asked()).at(-1);
    if (options.lacks !== undefined)
      expect(asked).toMatchObject({ path: '/v1/chat/completions', body: { add_generation_prompt: false, continue_final_message: true, max_tokens: 1 } });
  });

  it('scores an answer after its conversation as the prompt of TGI that it answers to', async () => {
    const { server, score } = await setup({ shape: 'tgi' });
    const scored = await score(TEXT, [...MESSAGES, { role: 'assistant', content: 'There.' }, { role: 'user', content: 'Why?\n' }]);
    expect(textOf(scored)).toBe(TEXT);
    expect((await server.asked()).at(-1)?.body).toMatchObject({ parameters: { decoder_input_details: true, details: true, max_new_tokens: 1 } });
    expect(scored.parts.every(({ top }) => top.length === 0)).toBe(true);
  });

  it.each(['vllm', 'sglang', 'tgi'] as const)('has nothing to tell of a first token that nothing stands before: %s', async (shape) => {
    const { score } = await setup({ shape, lacks: ['bos'] });
    const { parts } = await score();
    expect(parts[0]).toMatchObject({ logprob: null, rank: null, top: [] });
    expect(parts.slice(1).every(({ logprob }) => logprob !== null)).toBe(true);
  });

  it('is asked for no more alternatives than vLLM gives', async () => {
    const { server, score } = await setup({ shape: 'vllm' });
    await score(TEXT, [], 128);
    expect((await server.asked()).at(-1)?.body['prompt_logprobs']).toBe(20);
  });

  it('is probed once, with a short text', async () => {
    const { server, score } = await setup({ shape: 'vllm' });
    await Promise.all([score(), score(), score()]);
    const probes = (await server.asked()).filter(({ path, body }) => path === '/v1/completions' && (body['prompt'] as number[]).length < 8);
    expect(probes).toHaveLength(1);
  });

  it.each(
    (['vllm', 'sglang', 'tgi'] as const).flatMap((shape) =>
      (['generates', 'fewer', 'more', 'null', 'nan', 'infinite', 'positive', 'words', 'huge'] as const).map((fault) => [shape, fault] as const),
    ),
  )('is not believed: %s, %s', async (shape, fault) => {
    const { scoring, score } = await setup({ shape, fault });
    await expect(score()).rejects.toMatchObject({ code: 'scoring_unsupported', param: 'model', retryable: false });
    expect(scoring.ability).toBe('none');
  });

  it.each([
    ['vllm', 'clamped'],
    ['sglang', 'others'],
  ] as const)('is not believed: %s, %s', async (shape, fault) => {
    const { score } = await setup({ shape, fault });
    await expect(score()).rejects.toMatchObject({ code: 'scoring_unsupported' });
  });

  it('cannot score an answer where it does not tell what it makes of a conversation', async () => {
    const { scoring, score } = await setup({ shape: 'sglang', lacks: ['messages'] });
    await expect(score(TEXT, MESSAGES)).rejects.toMatchObject({
      code: 'scoring_unsupported',
      message: expect.stringContaining('leave the messages out') as string,
    });
    expect((await score()).parts.length).toBeGreaterThan(1);
    expect(scoring.ability).toBe('prompt_logprobs');
  });

  it('refuses what is too long in words that repeat nothing of it', async () => {
    const { score } = await setup({ shape: 'vllm' });
    const refused = await score('secret '.repeat(5_000)).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: 'context_length_exceeded' });
    expect(String(refused)).not.toContain('secret');
  });
});

describe('a server that cannot tell how likely a text is', () => {
  it.each([
    ['ollama', /Ollama.*its own answers/],
    ['text', /text alone/],
  ] as const)('is not asked: %s', async (protocol, reason) => {
    const client = new UpstreamClient(UNHURRIED);
    closing(() => client.destroy());
    const { scoring } = new RemoteSource({ url: new URL('http://127.0.0.1:9/'), protocol }, client);
    const scored = scoring.score({ messages: [], text: TEXT, alternatives: 0 }, () => undefined, patient());
    await expect(scored).rejects.toMatchObject({ code: 'scoring_unsupported', message: expect.stringMatching(reason) as string });
    expect(scoring.ability).toBe('none');
  });
});
