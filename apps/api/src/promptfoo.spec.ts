import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const PAIR = ['pretrain/tandem-tiny-base.gguf', 'sft/tandem-tiny-chat.gguf'];

/** What promptfoo's provider `openai:chat` makes of an answer, and its assertions are about. */
interface ProviderResponse {
  readonly output: string;
  readonly tokenUsage: { readonly total: number; readonly prompt: number; readonly completion: number };
  readonly finishReason: string;
  readonly logProbs: readonly number[];
}

describe("promptfoo's provider for OpenAI's chats, asking a pair of models,", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-promptfoo-'));
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** The body as the provider writes it: these fields always, the rest where the configuration has them. */
  async function callApi(model: string, config: object = {}): Promise<ProviderResponse> {
    const body = { model, messages: [{ role: 'user', content: 'What is Tandem?' }], seed: 7, max_tokens: 48, temperature: 0, ...config };
    const response = await fetch(`${server.origin}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer none' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    const { choices, usage } = (await response.json()) as {
      choices: { message: { content: string }; finish_reason: string; logprobs: { content: { logprob: number }[] } | null }[];
      usage: { total_tokens: number; prompt_tokens: number; completion_tokens: number };
    };
    const [choice] = choices;
    return {
      output: choice?.message.content ?? '',
      tokenUsage: { total: usage.total_tokens, prompt: usage.prompt_tokens, completion: usage.completion_tokens },
      finishReason: choice?.finish_reason ?? '',
      logProbs: choice?.logprobs?.content.map(({ logprob }) => logprob) ?? [],
    };
  }

  it.each(PAIR)('gets the same answer each time, with its tokens: %s', async (model) => {
    const first = await callApi(model, { top_p: 1, presence_penalty: 0, frequency_penalty: 0, stop: ['<stop>'] });
    expect(first.output).not.toBe('');
    expect(first.finishReason).toMatch(/^(?:stop|length)$/);
    expect(first.tokenUsage.total).toBe(first.tokenUsage.prompt + first.tokenUsage.completion);
    expect((await callApi(model)).output).toBe(first.output);
  });

  it('tells the two apart', async () => {
    const [base, chat] = await Promise.all(PAIR.map((model) => callApi(model)));
    expect(base?.output).not.toBe(chat?.output);
  });

  it.each(PAIR)('can hold an answer to a schema, and to how sure the model is of it: %s', async (model) => {
    const schema = { type: 'object', properties: { sure: { type: 'boolean' } }, required: ['sure'], additionalProperties: false };
    const format = { type: 'json_schema', json_schema: { name: 'it', schema, strict: true } };
    const { output, logProbs } = await callApi(model, { response_format: format, logprobs: true, prompt_cache_options: { mode: 'off' } });
    expect(new Ajv2020().compile(schema)(JSON.parse(output))).toBe(true);
    const perplexity = Math.exp(-logProbs.reduce((sum, one) => sum + one, 0) / logProbs.length);
    expect(perplexity).toBeGreaterThanOrEqual(1);
  });
});
