import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Divergence, ErrorBody, ModelBody, Score } from '@tandem/shared/contracts';
import { type Closing, share } from '@tandem/testing';
import { startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const BASE = 'pretrain/tandem-tiny-base.gguf';
const TEXT = 'The river runs to the sea. Grüße 😀';
const ENTRIES = { tokens: ['a'], token_logprobs: [null], top_logprobs: [null], text_offset: [0] };

/** A model server that answers every completion with this choice, and counts them. */
async function serverThatSays(closeLater: Closing, choice: object, status: number) {
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

/** Tandem over a model of each name at its address; gives what can be asked about one of them. */
async function tandemOver(closeLater: Closing, endpoints: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-remote-scoring-'));
  const server = await startServer(folder, {
    CHECKPOINTS_DIR: CHECKPOINTS,
    BASELINE_MODELS: JSON.stringify(Object.entries(endpoints).map(([name, endpoint]) => ({ name, endpoint, protocol: 'openai-completions', model: BASE }))),
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
  const ability = async (name: string) => ((await (await fetch(`${server.origin}/api/models/${name}`)).json()) as ModelBody).model.scoring;
  return { post, ability };
}

describe('a score of a model at a model server', () => {
  const UNABLE: [how: string, choice: object, status: number][] = [
    ['generates all the same', { index: 0, text: ' and', finish_reason: 'length', logprobs: { ...ENTRIES, token_logprobs: [-1] } }, 200],
    ['tells the text and nothing of its tokens', { index: 0, text: 'The sea is very old.', finish_reason: 'length', logprobs: null }, 200],
    ['tells of some of the tokens', { index: 0, text: 'The sea is very old.', finish_reason: 'length', logprobs: ENTRIES }, 200],
    ['refuses', {}, 400],
  ];
  /** A model for each test: what one learned of it must not be what another sees. */
  const shared = share(async (closeLater) => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-scored-'));
    closeLater(() => rmSync(folder, { recursive: true }));
    const there = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS, BASELINE_MODELS: '[]', TWODELTA_MODELS: '[]' });
    closeLater(() => there.stop());
    const { host } = new URL(there.origin);
    const unable = await Promise.all(UNABLE.map(([, choice, status]) => serverThatSays(closeLater, choice, status)));
    const others = Object.fromEntries(unable.map((server, n) => [`unable-${n}`, server.host]));
    const tandem = await tandemOver(closeLater, { there: host, compared: host, textual: host, gone: '127.0.0.1:9', ...others });
    return { ...tandem, unable };
  });

  it('is what it tells of the text when it tells it again, and its card says so from then on', async () => {
    const { post, ability } = shared();
    expect(await ability('there')).toBe('unknown');
    const passed = (await post('scores', { model: 'there', text: TEXT, top_logprobs: 3 })).body.score;
    expect(await ability('there')).toBe('echo');
    const straight = (await post('scores', { model: BASE, text: TEXT, top_logprobs: 3 })).body.score;
    expect(passed).toMatchObject({ model: 'there', method: 'echo', vocabulary: null });
    // nothing is told of the first one
    expect(passed?.tokens[0]).toMatchObject({ logprob: null, top: [] });
    expect(passed?.tokens.slice(1)).toEqual(straight?.tokens.slice(1));
  });

  it('is compared with another by spans and bits, where its vocabulary is not told', async () => {
    const { post } = shared();
    const { divergence } = (await post('divergences', { baseline: 'compared', derivative: BASE, text: TEXT })).body;
    expect(divergence).toMatchObject({ comparable: false, kl: null, same_top: null, why_not: expect.stringContaining('compared') as string });
    expect(divergence?.bits_per_byte.baseline).toBeCloseTo(divergence?.bits_per_byte.derivative ?? NaN, 9);
  });

  it('is of a text alone', async () => {
    const { post } = shared();
    const { status, body } = await post('scores', { model: 'textual', text: TEXT, messages: [{ role: 'user', content: 'Hi' }] });
    expect([status, body.error]).toMatchObject([409, { code: 'scoring_unsupported', message: expect.stringContaining('messages') as string }]);
  });

  it.each(UNABLE.map(([how], n): [string, number] => [how, n]))('is refused where a server %s, which is asked once', async (_, n) => {
    const { post, ability, unable } = shared();
    const model = `unable-${n}`;
    const refusal = await post('scores', { model, text: TEXT });
    const times = unable[n]?.asked();
    expect([refusal.status, refusal.body.error]).toMatchObject([409, { code: 'scoring_unsupported', param: 'model', retryable: false }]);
    expect(await ability(model)).toBe('none');
    expect((await post('scores', { model, text: TEXT })).status).toBe(409);
    expect(unable[n]?.asked()).toBe(times);
  });

  it('is not given up where the server cannot be reached', async () => {
    const { post, ability } = shared();
    expect((await post('scores', { model: 'gone', text: TEXT })).body.error).toMatchObject({ code: 'upstream_unreachable', retryable: true });
    expect(await ability('gone')).toBe('unknown');
  });
});
