import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Divergence, ErrorBody, ModelBody, ModelListBody, Score, SeriesBody } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { ggufBytes, slowLlama, until } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');
const BASE = 'tandem-tiny-base';
const TUNED = 'tandem-tiny-chat';
const TEXT = 'The river runs to the sea.';
const CANARY = 'canary-7f3a';

describe('scores over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-scores-'));
  let server: RunningServer;

  beforeAll(async () => {
    const models = (name: string, endpoint: string) => JSON.stringify([{ id: name, name, endpoint }]);
    server = await startServer(folder, {
      CHECKPOINTS_DIR: CHECKPOINTS,
      LOG_LEVEL: 'trace',
      BASELINE_MODELS: JSON.stringify([
        { id: BASE, name: BASE, endpoint: 'local:pretrain/tandem-tiny-base.gguf' },
        { id: 'gone', name: 'gone', endpoint: 'local:no-such.gguf' },
        { id: 'far', name: 'far', endpoint: '127.0.0.1:9', protocol: 'openai-chat', model: 'm' },
      ]),
      TWODELTA_MODELS: models(TUNED, 'local:sft/tandem-tiny-chat.gguf'),
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const post = (
    path: string,
    body: object,
    {
      accept = 'application/json',
      signal = null,
      to = server,
    }: { readonly accept?: string; readonly signal?: AbortSignal | null; readonly to?: RunningServer } = {},
  ) =>
    fetch(`${to.origin}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept },
      body: JSON.stringify(body),
      signal,
    });

  async function scored(body: object): Promise<Score> {
    return ((await (await post('scores', body)).json()) as { score: Score }).score;
  }

  it('are of a local model one exact reading', async () => {
    const score = await scored({ model: BASE, text: TEXT, top_logprobs: 2 });
    expect(score).toMatchObject({ model: BASE, method: 'prefill', exact: true, vocabulary: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(score.tokens.map(({ text }) => text).join('')).toBe(TEXT);
    expect(score.tokens.every(({ top }) => top.length === 2)).toBe(true);
    expect(score.summary).toMatchObject({ bytes: TEXT.length, characters: TEXT.length });
    const sum = score.tokens.reduce((total, { logprob }) => total + (logprob ?? NaN), 0);
    expect(score.summary.log_likelihood).toBeCloseTo(sum, 9);
    expect(score.summary.perplexity).toBeCloseTo(Math.exp(-sum / score.tokens.length), 9);
  });

  it('are what /v1/completions tells of the same text', async () => {
    const response = await fetch(`${server.origin}/v1/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: BASE, prompt: TEXT, echo: true, logprobs: 1, max_tokens: 0 }),
    });
    const { choices } = (await response.json()) as { choices: { logprobs: { token_logprobs: (number | null)[] } }[] };
    const { tokens } = await scored({ model: BASE, text: TEXT });
    expect(tokens.slice(1).map(({ logprob }) => logprob)).toEqual(choices[0]?.logprobs.token_logprobs.slice(1));
  });

  it('of two models name where they part', async () => {
    const body = { baseline: BASE, derivative: TUNED, text: TEXT };
    const { divergence } = (await (await post('divergences', body)).json()) as { divergence: Divergence };
    expect(divergence).toMatchObject({ comparable: true, why_not: null, kl: { kind: 'exact', covered_mass: 1 } });
    const { token, byte } = divergence.first_divergence ?? { token: NaN, byte: NaN };
    expect(divergence.spans[token]).toMatchObject({ bytes: [byte, expect.any(Number)], same_top: false });
    expect(divergence.scores.derivative.model).toBe(TUNED);
  });

  it('of a series are those of its pairs, and the models that stand in one line are told', async () => {
    const pair = (await (await post('divergences', { baseline: BASE, derivative: TUNED, text: TEXT })).json()) as { divergence: Divergence };
    const body = { baseline: { model: BASE }, derivatives: [{ model: BASE }, { model: TUNED }], texts: [{ text: TEXT }] };
    const { series } = (await (await post('divergences/series', body)).json()) as SeriesBody;
    expect(series.points.map(({ model }) => model)).toEqual([BASE, TUNED]);
    expect(series.points[0]).toMatchObject({ same_top: 1, rms_delta_p: 0, kl: { kind: 'exact' } });
    expect(series.points[1]).toMatchObject({ kl: pair.divergence.kl, same_top: pair.divergence.same_top });
    expect(await (await fetch(`${server.origin}/api/series`)).json()).toEqual({ status: 'success', series: [] });
  });

  it('come as events where they are asked for, and stop when the client leaves, before the other model is so much as loaded', async () => {
    const own = mkdtempSync(join(tmpdir(), 'tandem-scores-'));
    const [baseline, derivative] = ['slow.gguf', 'tandem-tiny-chat.gguf'];
    writeFileSync(join(own, baseline), ggufBytes(slowLlama()));
    copyFileSync(join(CHECKPOINTS, 'sft', derivative), join(own, derivative));
    const narrow = await startServer(own, { MAX_STREAMS_PER_CLIENT: '1' });
    try {
      const ask = (path: string, body: object, more: { readonly accept?: string; readonly signal?: AbortSignal } = {}) =>
        post(path, body, { ...more, to: narrow });
      const leaving = new AbortController();
      const body = { baseline, derivative, text: 'word '.repeat(780), top_logprobs: 128 };
      const response = await ask('divergences', body, { accept: 'text/event-stream', signal: leaving.signal });
      const first = await readEvents(response.body!).next();
      expect(JSON.parse(first.value?.data ?? '')).toMatchObject({ done: false, progress: expect.any(Number) as number });
      leaving.abort();
      // one at a time: the next is taken when the work for the one who left is over
      await until(async () => (await ask('scores', { model: baseline, text: TEXT })).status === 200);
      const status = await fetch(`${narrow.origin}/api/models/${derivative}/status`);
      expect(await status.json()).toMatchObject({ status: 'unloaded' });
    } finally {
      await narrow.stop();
      rmSync(own, { recursive: true });
    }
  });

  it('are refused where they cannot be had, with the reason', async () => {
    const refusalOf = async (body: object) => {
      const response = await post('scores', body, { accept: 'text/event-stream' });
      return [response.status, ((await response.json()) as ErrorBody).error];
    };
    expect(await refusalOf({ model: 'far', text: TEXT })).toMatchObject([502, { code: 'upstream_unreachable' }]);
    expect(await refusalOf({ model: 'gone', text: TEXT })).toMatchObject([404, { code: 'model_not_found' }]);
    expect(await refusalOf({ model: BASE, text: TEXT.repeat(500) })).toMatchObject([400, { code: 'context_length_exceeded' }]);
  });

  it('are told of on the card of each model', async () => {
    const { models } = (await (await fetch(`${server.origin}/api/models`)).json()) as ModelListBody;
    expect(Object.fromEntries(models.map(({ id, scoring }) => [id, scoring]))).toMatchObject({
      [BASE]: 'prefill',
      [TUNED]: 'prefill',
      gone: 'none',
      far: 'unknown',
    });
    const one = (await (await fetch(`${server.origin}/api/models/${TUNED}`)).json()) as ModelBody;
    expect(one.model.scoring).toBe('prefill');
  });

  it('leave nothing of a text in the log', async () => {
    const messages = [{ role: 'user', content: CANARY }];
    await post('scores', { model: BASE, text: CANARY, messages, top_logprobs: 1 });
    await post('scores', { model: BASE, text: `${CANARY} `.repeat(1_000) }, { accept: 'text/event-stream' });
    await post('scores', { model: 'far', text: CANARY });
    await post('scores', { model: BASE, text: [CANARY] });
    await (await post('divergences', { baseline: BASE, derivative: TUNED, text: CANARY }, { accept: 'text/event-stream' })).text();
    await until(() => server.log().split('"path":"/api/divergences"').length > 1);
    expect(server.log()).toContain('"path":"/api/scores"');
    expect(server.log()).not.toContain(CANARY);
  });
});
