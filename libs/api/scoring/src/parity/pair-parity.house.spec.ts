import type { TargetResolver } from '@tandem/api/catalogue';
import type { PromptSource, Target } from '@tandem/api/completion';
import { openInference } from '@tandem/api/inference/testing';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { type ParameterDefaults, type Protocol } from '@tandem/shared/contracts';
import {
  closeAfterEach,
  describeWithFastApi,
  describeWithLlamaServer,
  patient,
  type ScoringServerOptions,
  startLlamaServer,
  startScoringServer,
} from '@tandem/testing';
import { PairParity } from './pair-parity';

const CHAT = 'sft/tandem-tiny-chat.gguf';
const MESSAGES = [
  { role: 'user', content: 'What is Tandem? Grüße 😀' },
  { role: 'assistant', content: 'A page.' },
  { role: 'user', content: 'Which?' },
] as const;
const closing = closeAfterEach();

function remote(url: URL, protocol: Protocol = 'auto'): PromptSource {
  const client = new UpstreamClient();
  closing(() => client.destroy());
  return new RemoteSource({ url, protocol }, client).prompts;
}

function local(): PromptSource {
  const { runtime, close } = openInference();
  closing(close);
  return runtime.promptsOf(CHAT);
}

/** How the two would be asked; the model's configuration is the derivative's. */
async function compare(
  baseline: PromptSource,
  derivative: PromptSource,
  { defaults = {}, ...asked }: { defaults?: ParameterDefaults; system?: string; seed?: number } = {},
) {
  const targets: Record<string, object> = {
    one: { card: { id: 'one' }, defaults: {}, prompts: baseline },
    other: { card: { id: 'other' }, defaults, prompts: derivative },
  };
  const resolver = { resolve: async (model: string) => targets[model] as Target } as TargetResolver;
  const { seed, ...said } = asked;
  const parameters = seed === undefined ? {} : { seed };
  return new PairParity(resolver).compare({ baseline: 'one', derivative: 'other', messages: [...MESSAGES], ...said, parameters }, patient());
}

async function vllm(options: Partial<ScoringServerOptions> = {}) {
  const server = await startScoringServer({ shape: 'vllm', ...options });
  closing(() => server.close());
  return server;
}

describe('a pair on this machine', () => {
  it('is asked the same with one template: text, tokens, values and seed', async () => {
    const source = local();
    const parity = await compare(source, source, { system: 'Be brief.' });
    expect(parity).toMatchObject({ equal: true, differences: [], baseline: { method: 'engine', reuses_cache: false, truncates: false } });
    expect(parity.baseline.prompt).toContain('Grüße 😀');
    expect(parity.baseline.prompt).toContain('Be brief.');
    expect(parity.baseline.parameters).toEqual(parity.parameters);
    expect(Number.isInteger(parity.parameters.seed)).toBe(true);
  });

  it('is given every value whatever a model’s configuration says, but for what is never to be sent', async () => {
    const source = local();
    const { parameters } = await compare(source, source, { defaults: { temperature: 0.1 }, seed: 7 });
    expect(parameters).toMatchObject({ temperature: 0.7, seed: 7 });
  });
});

describeWithLlamaServer('a pair of this machine and a llama-server over the same file', () => {
  it('is asked the same', async () => {
    const server = await startLlamaServer();
    closing(() => server.close());
    const parity = await compare(local(), remote(server.url));
    expect(parity.derivative).toMatchObject({ method: 'apply_template', reuses_cache: false, truncates: false });
    expect(parity.derivative.prompt).toBe(parity.baseline.prompt);
    expect(parity).toMatchObject({ equal: true, differences: [] });
  });
});

describeWithFastApi('a pair with a model at a model server', () => {
  it('is compared by what vLLM makes of the conversation', async () => {
    const server = await vllm();
    const parity = await compare(remote(server.url), remote(server.url));
    expect(parity).toMatchObject({
      equal: true,
      baseline: { method: 'tokenize', prompt: expect.stringMatching(/^<s>\[user\]What is Tandem\? Grüße 😀\n[^]*\[assistant\]$/) as string },
    });
    expect(parity.baseline.tokens?.[0]).toBe(1);
  });

  it('is told what is not sent, and which prompts part where', async () => {
    const server = await vllm();
    const parity = await compare(local(), remote(server.url), { defaults: { top_k: null } });
    expect(parity.equal).toBe(false);
    expect(parity.derivative.parameters.top_k).toBeNull();
    expect(parity.differences.map(({ kind }) => kind)).toEqual(['prompt', 'tokens', 'parameter']);
  });

  it.each<[string, Partial<ScoringServerOptions>, readonly string[]]>([
    ['a vLLM without a text of its tokens', { lacks: ['detokenize'] }, []],
    ['a server that tells nothing of prompts', { lacks: ['tokenize'] }, ['prompt_unknown']],
    ['SGLang, whose cache nobody can turn off', { shape: 'sglang' }, ['cache', 'truncation']],
  ])('says what nobody knows: %s', async (_, options, kinds) => {
    const server = await vllm(options);
    const parity = await compare(remote(server.url), remote(server.url));
    expect(parity.differences.map(({ kind }) => kind)).toEqual(kinds);
    expect(parity.equal).toBe(kinds.length === 0);
  });

  it('has nothing to tell of an Ollama but that it goes on from the last prompt', async () => {
    const server = await vllm();
    const parity = await compare(remote(server.url, 'ollama'), remote(server.url));
    expect(parity.baseline).toMatchObject({ method: 'none', prompt: null, tokens: null, reuses_cache: true, truncates: false });
    expect(parity.differences).toEqual([
      { kind: 'prompt_unknown', sides: ['baseline'] },
      { kind: 'cache', sides: ['baseline'] },
    ]);
  });
});
