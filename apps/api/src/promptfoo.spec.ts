import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, installPromptfoo, type Outcome } from './testing/promptfoo';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const [BASE, CHAT] = ['pretrain/tandem-tiny-base.gguf', 'sft/tandem-tiny-chat.gguf'] as const;
const SCHEMA = { type: 'object', properties: { sure: { type: 'boolean' } }, required: ['sure'], additionalProperties: false };
/** It takes its time to start, and more of it on a busy machine. */
const LONG_MS = 300_000;

describe('promptfoo, as it is published, over a pair of models', () => {
  let folder: string;
  let server: RunningServer;
  let installed: string;

  beforeAll(async () => {
    installed = installPromptfoo();
    folder = mkdtempSync(join(tmpdir(), 'tandem-promptfoo-'));
    server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS });
  }, LONG_MS);

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const provider = (id: string, config: object = {}) => ({
    id,
    config: { apiBaseUrl: `${server.origin}/v1`, apiKey: 'none', temperature: 0, seed: 7, ...config },
  });
  /** Every assertion over the answers of every provider. */
  const asked = (providers: readonly object[], assert: readonly object[]): Promise<Outcome[]> =>
    evaluate(installed, folder, { prompts: ['{{question}}'], providers, tests: [{ vars: { question: 'What is Tandem?' }, assert }] });
  const failures = (outcomes: readonly Outcome[]) => outcomes.filter(({ success }) => !success).map(({ provider: { id }, error }) => `${id}: ${error}`);

  it(
    'holds both to assertions, with their tokens and how sure they were',
    async () => {
      const config = { max_tokens: 48, passthrough: { logprobs: true } };
      const outcomes = await asked(
        [provider(`openai:chat:${BASE}`, config), provider(`openai:chat:${CHAT}`, config)],
        [
          { type: 'javascript', value: 'output.trim().length > 0' },
          { type: 'perplexity', threshold: 1_000 },
          { type: 'finish-reason', value: 'stop' },
        ],
      );
      expect(failures(outcomes)).toEqual([]);
      const [base, chat] = [BASE, CHAT].map((name) => outcomes.find(({ provider: { id } }) => id.endsWith(name))?.response);
      expect(base?.output).not.toBe(chat?.output);
      for (const { tokenUsage } of [base, chat].map((response) => response ?? { tokenUsage: undefined })) {
        expect(tokenUsage?.['total']).toBe((tokenUsage?.['prompt'] ?? 0) + (tokenUsage?.['completion'] ?? NaN));
      }
    },
    LONG_MS,
  );

  it(
    'finds an assertion that does not hold',
    async () => {
      const outcomes = await asked([provider(`openai:chat:${CHAT}`, { max_tokens: 8 })], [{ type: 'contains', value: 'no model says this' }]);
      expect(outcomes.map(({ success }) => success)).toEqual([false]);
    },
    LONG_MS,
  );

  it.each([BASE, CHAT])(
    'gets the object that a schema asks for: %s',
    async (name) => {
      const format = { type: 'json_schema', json_schema: { name: 'it', strict: true, schema: SCHEMA } };
      const outcomes = await asked([provider(`openai:chat:${name}`, { response_format: format })], [{ type: 'is-json', value: SCHEMA }]);
      expect(failures(outcomes)).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'is answered as completions and as responses too',
    async () => {
      const outcomes = await asked(
        [provider(`openai:completion:${BASE}`, { max_tokens: 48 }), provider(`openai:responses:${CHAT}`, { max_output_tokens: 48 })],
        [{ type: 'javascript', value: 'output.trim().length > 0' }],
      );
      expect(failures(outcomes)).toEqual([]);
      expect(outcomes).toHaveLength(2);
    },
    LONG_MS,
  );
});
