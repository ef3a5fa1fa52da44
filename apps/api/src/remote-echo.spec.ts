import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Closing, share } from '@tandem/testing';
import { startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const BASE = 'pretrain/tandem-tiny-base.gguf';
const TEXT = 'The river runs to the sea.';

interface Choice {
  readonly text: string;
  readonly finish_reason: string;
  readonly logprobs: object | null;
}

async function completeAt(origin: string, body: object) {
  const response = await fetch(`${origin}/v1/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ echo: true, logprobs: 2, max_tokens: 0, temperature: 0, ...body }),
  });
  const answer = (await response.json()) as { choices?: Choice[]; error?: { param: string; message: string } };
  return { status: response.status, choices: answer.choices ?? [], error: answer.error };
}

/** A model server that answers every completion with this choice, whatever it was asked. */
async function serverThatSays(closeLater: Closing, choice: object): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(request.method === 'POST' ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(request.method === 'POST' ? { object: 'text_completion', choices: [choice] } : {}));
    });
  }).listen(0, '127.0.0.1');
  closeLater(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function tandemOver(
  closeLater: Closing,
  models: readonly { readonly name: string; readonly endpoint: string; readonly protocol?: string }[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-remote-echo-'));
  const server = await startServer(folder, {
    BASELINE_MODELS: JSON.stringify(models.map((model) => ({ protocol: 'openai-completions', model: BASE, ...model }))),
    TWODELTA_MODELS: '[]',
    HEALTH_INTERVAL_SECONDS: '86400',
  });
  closeLater(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  return server.origin;
}

describe('how likely a prompt is', () => {
  const UNABLE: [how: string, choice: Choice & { readonly index: number }][] = [
    [
      'generates in its place',
      { index: 0, text: ' And on', finish_reason: 'length', logprobs: { tokens: [' And'], token_logprobs: [-1], top_logprobs: [{ ' And': -1 }] } },
    ],
    ['tells no likelihoods', { index: 0, text: TEXT, finish_reason: 'length', logprobs: null }],
    [
      'leaves one out',
      { index: 0, text: 'The river', finish_reason: 'length', logprobs: { tokens: ['The', ' river'], token_logprobs: [null, null], top_logprobs: null } },
    ],
    [
      'tells them of a part',
      { index: 0, text: TEXT, finish_reason: 'length', logprobs: { tokens: ['The', ' river'], token_logprobs: [null, -1], top_logprobs: null } },
    ],
    ['goes on although nothing was to follow', { index: 0, text: `${TEXT} And`, finish_reason: 'length', logprobs: null }],
  ];
  /** One that can, over its own models, and one over that, over a server for each that cannot, and over one that has nothing for it. */
  const shared = share(async (closeLater) => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-scoring-server-'));
    closeLater(() => rmSync(folder, { recursive: true }));
    const there = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS, BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]' });
    closeLater(() => there.stop());
    const unable = await Promise.all(UNABLE.map(async ([, choice], n) => ({ name: `unable-${n}`, endpoint: await serverThatSays(closeLater, choice) })));
    const here = await tandemOver(closeLater, [
      { name: 'there', endpoint: new URL(there.origin).host },
      { name: 'plain', endpoint: '127.0.0.1:9', protocol: 'text' },
      ...unable,
    ]);
    return { there: there.origin, here };
  });

  it.each([
    ['a text, and nothing else', { prompt: TEXT }],
    ['a text, and a token that follows', { prompt: TEXT, max_tokens: 1 }],
    ['several texts', { prompt: [TEXT, 'The sea'] }],
    ['the tokens of a text', { prompt: [[40, 41, 42, 43]] }],
    ['a text that looks like a thought', { prompt: '<think>The river</think> runs.' }],
    ['a text, without how likely it is', { prompt: TEXT, logprobs: null }],
  ])('is told of %s by a model server that can, as it says it', async (_, body) => {
    const { there, here } = shared();
    const [straight, passed] = [await completeAt(there, { model: BASE, ...body }), await completeAt(here, { model: 'there', ...body })];
    expect([straight.status, straight.choices.length > 0]).toEqual([200, true]);
    expect(passed.choices).toEqual(straight.choices);
  });

  it.each(UNABLE.map(([how, { text }], n): [string, number, string] => [how, n, text]))('is refused by name where a model server %s', async (_, n, text) => {
    const prompt = text === 'The river' ? 'The river' : TEXT;
    const { status, error } = await completeAt(shared().here, { model: `unable-${n}`, prompt });
    expect([status, error?.param]).toEqual([400, 'echo']);
    expect(error?.message).toMatch(/^echo: this model's server .*Leave it out, or use a local model\.$/);
  });

  it('is refused by name where the kind of model server has nothing for it', async () => {
    expect(await completeAt(shared().here, { model: 'plain', prompt: TEXT })).toMatchObject({ status: 400, error: { param: 'echo' } });
  });
});
