import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Divergence, ErrorBody, ModelBody, Score } from '@tandem/shared/contracts';
import { closeAfterEach } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const BASE = 'pretrain/tandem-tiny-base.gguf';
const TEXT = 'The river runs to the sea. Grüße 😀';
const ENTRIES = { tokens: ['a'], token_logprobs: [null], top_logprobs: [null], text_offset: [0] };

const closeLater = closeAfterEach();

/** A model server that answers every completion with this choice, and counts them. */
async function serverThatSays(choice: object, status = 200) {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (request.url === '/v1/completions') asked += 1;
      const isCompletion = request.method === 'POST' && request.url === '/v1/completions';
      response.writeHead(isCompletion ? status : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(isCompletion ? { object: 'text_completion', choices: [choice] } : {}));
    });
  }).listen(0, '127.0.0.1');
  closeLater(() => void server.close());
  await once(server, 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

async function tandemOver(endpoint: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-remote-scoring-'));
  const server = await startServer(folder, {
    CHECKPOINTS_DIR: CHECKPOINTS,
    BASELINE_MODELS: JSON.stringify([{ name: 'there', endpoint, protocol: 'openai-completions', model: BASE }]),
    TWODELTA_MODELS: '[]',
    HEALTH_INTERVAL_SECONDS: '86400',
  });
  closeLater(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const post = async (path: string, body: object) => {
    const response = await fetch(`${server.origin}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { score?: Score; divergence?: Divergence; error?: ErrorBody['error'] } };
  };
  const ability = async () => ((await (await fetch(`${server.origin}/api/models/there`)).json()) as ModelBody).model.scoring;
  return { post, ability };
}

describe('a score of a model at a model server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-scored-'));
  let there: RunningServer;

  beforeAll(async () => {
    there = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS, BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]' });
  });
  afterAll(async () => {
    await there.stop();
    rmSync(folder, { recursive: true });
  });

  it('is what it tells of the text when it tells it again, and its card says so from then on', async () => {
    const { post, ability } = await tandemOver(new URL(there.origin).host);
    expect(await ability()).toBe('unknown');
    const passed = (await post('scores', { model: 'there', text: TEXT, top_logprobs: 3 })).body.score;
    expect(await ability()).toBe('echo');
    const straight = (await post('scores', { model: BASE, text: TEXT, top_logprobs: 3 })).body.score;
    expect(passed).toMatchObject({ model: 'there', method: 'echo', vocabulary: null });
    // nothing is told of the first one
    expect(passed?.tokens[0]).toMatchObject({ logprob: null, top: [] });
    expect(passed?.tokens.slice(1)).toEqual(straight?.tokens.slice(1));
  });

  it('is compared with another by spans and bits, where its vocabulary is not told', async () => {
    const { post } = await tandemOver(new URL(there.origin).host);
    const { divergence } = (await post('divergences', { baseline: 'there', derivative: BASE, text: TEXT })).body;
    expect(divergence).toMatchObject({ comparable: false, kl: null, same_top: null, why_not: expect.stringContaining('there') as string });
    expect(divergence?.bits_per_byte.baseline).toBeCloseTo(divergence?.bits_per_byte.derivative ?? NaN, 9);
  });

  it('is of a text alone', async () => {
    const { post } = await tandemOver(new URL(there.origin).host);
    const { status, body } = await post('scores', { model: 'there', text: TEXT, messages: [{ role: 'user', content: 'Hi' }] });
    expect([status, body.error]).toMatchObject([409, { code: 'scoring_unsupported', message: expect.stringContaining('messages') as string }]);
  });

  it.each([
    ['generates all the same', { index: 0, text: ' and', finish_reason: 'length', logprobs: { ...ENTRIES, token_logprobs: [-1] } }, 200],
    ['tells the text and nothing of its tokens', { index: 0, text: 'The sea is very old.', finish_reason: 'length', logprobs: null }, 200],
    ['tells of some of the tokens', { index: 0, text: 'The sea is very old.', finish_reason: 'length', logprobs: ENTRIES }, 200],
    ['refuses', {}, 400],
  ])('is refused where a server %s, which is asked once', async (_, choice, status) => {
    const { host, asked } = await serverThatSays(choice, status);
    const { post, ability } = await tandemOver(host);
    const refusal = await post('scores', { model: 'there', text: TEXT });
    const times = asked();
    expect([refusal.status, refusal.body.error]).toMatchObject([409, { code: 'scoring_unsupported', param: 'model', retryable: false }]);
    expect(await ability()).toBe('none');
    expect((await post('scores', { model: 'there', text: TEXT })).status).toBe(409);
    expect(asked()).toBe(times);
  });

  it('is not given up where the server cannot be reached', async () => {
    const { post, ability } = await tandemOver('127.0.0.1:9');
    expect((await post('scores', { model: 'there', text: TEXT })).body.error).toMatchObject({ code: 'upstream_unreachable', retryable: true });
    expect(await ability()).toBe('unknown');
  });
});
