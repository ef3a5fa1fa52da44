import { jest } from '@jest/globals';
import type { ScoredText, ScoringRequest, ScoringSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { ErrorBody } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { startScoring } from './testing/start-scoring';

const EVENTS = 'text/event-stream';

/** A model that finds every character a token of its own, each as likely as the last. */
function spell(text: string): ScoredText {
  const parts = [...Buffer.from(text)].map((byte) => ({ id: byte, bytes: [byte], logprob: -1, rank: null, top: [] }));
  return { method: 'prefill', exact: true, vocabulary: 'bytes', parts };
}

const atOnce: ScoringSource['score'] = async ({ text }) => spell(text);

const errorOf = async (response: Response) => ((await response.json()) as ErrorBody).error;

async function eventsOf(response: Response): Promise<Record<string, unknown>[]> {
  const events: Record<string, unknown>[] = [];
  for await (const { data } of readEvents(response.body!)) events.push(JSON.parse(data) as Record<string, unknown>);
  return events;
}

/** Begins, and waits until it is told to stop. */
function held() {
  let begun!: () => void;
  let stopped!: () => void;
  const whenBegun = new Promise<void>((resolve) => (begun = resolve));
  const whenStopped = new Promise<void>((resolve) => (stopped = resolve));
  const score: ScoringSource['score'] = (_, onProgress, signal) =>
    new Promise((_resolve, reject) => {
      onProgress(0.25);
      begun();
      signal.addEventListener('abort', () => {
        stopped();
        reject(signal.reason as Error);
      });
    });
  return { score, whenBegun, whenStopped };
}

describe('a score over HTTP', () => {
  it.each([
    ['scores', { text: 'a' }, 'model'],
    ['scores', { model: '', text: 'a' }, 'model'],
    ['scores', { model: 'here' }, 'text'],
    ['scores', { model: 'here', text: ' \n' }, 'text'],
    ['scores', { model: 'here', text: 3 }, 'text'],
    ['scores', { model: 'here', text: 'x'.repeat(1_000_001) }, 'text'],
    ['scores', { model: 'here', text: 'a', messages: null }, 'messages'],
    ['scores', { model: 'here', text: 'a', messages: 'Hi' }, 'messages'],
    ['scores', { model: 'here', text: 'a', messages: [{ role: 'user' }] }, 'messages[0].content'],
    ['scores', { model: 'here', text: 'a', messages: [{ role: 'robot', content: 'Hi' }] }, 'messages[0].role'],
    ['scores', { model: 'here', text: 'a', messages: Array(1_001).fill({ role: 'user', content: 'Hi' }) }, 'messages'],
    ['scores', { model: 'here', text: 'a', top_logprobs: -1 }, 'top_logprobs'],
    ['scores', { model: 'here', text: 'a', top_logprobs: 129 }, 'top_logprobs'],
    ['scores', { model: 'here', text: 'a', top_logprobs: 1.5 }, 'top_logprobs'],
    ['scores', { model: 'here', text: 'a', top_logprobs: null }, 'top_logprobs'],
    ['scores', { model: 'here', text: 'a', temperature: 0 }, 'temperature'],
    ['divergences', { derivative: 'here', text: 'a' }, 'baseline'],
    ['divergences', { baseline: 'here', text: 'a' }, 'derivative'],
    ['divergences', { baseline: 'here', derivative: 'here' }, 'text'],
    ['divergences', { baseline: 'here', derivative: 'here', text: 'a', model: 'here' }, 'model'],
    ['divergences/series', { derivatives: [{ model: 'here' }], texts: [{ text: 'a' }] }, 'baseline'],
    ['divergences/series', { baseline: 'here', derivatives: [{ model: 'here' }], texts: [{ text: 'a' }] }, 'baseline'],
    ['divergences/series', { baseline: { model: '' }, derivatives: [{ model: 'here' }], texts: [{ text: 'a' }] }, 'baseline.model'],
    ['divergences/series', { baseline: { model: 'here' }, texts: [{ text: 'a' }] }, 'derivatives'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: [], texts: [{ text: 'a' }] }, 'derivatives'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: ['here'], texts: [{ text: 'a' }] }, 'derivatives[0]'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: Array(33).fill({ model: 'here' }), texts: [{ text: 'a' }] }, 'derivatives'],
    [
      'divergences/series',
      { baseline: { model: 'here' }, derivatives: [{ model: 'here', adapter_scale: -1 }], texts: [{ text: 'a' }] },
      'derivatives[0].adapter_scale',
    ],
    [
      'divergences/series',
      { baseline: { model: 'here' }, derivatives: [{ model: 'here', adapter_scale: 1 }], texts: [{ text: 'a' }] },
      'derivatives[0].adapter_scale',
    ],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: [{ model: 'here' }], texts: [] }, 'texts'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: [{ model: 'here' }], texts: Array(17).fill({ text: 'a' }) }, 'texts'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: [{ model: 'here' }], texts: [{ text: ' ' }] }, 'texts[0].text'],
    ['divergences/series', { baseline: { model: 'here' }, derivatives: [{ model: 'here' }], texts: [{ text: 'a', top_logprobs: 1 }] }, 'texts[0].top_logprobs'],
  ])('of %s is refused for what is wrong: %j', async (path, body, param) => {
    const { post } = await startScoring(atOnce);
    const response = await post(path, body);
    expect([response.status, (await errorOf(response)).param]).toEqual([400, param]);
  });

  it.each([
    ['scores', { model: 'gone', text: 'a' }, 404, 'model_not_found', 'model'],
    ['divergences', { baseline: 'gone', derivative: 'here', text: 'a' }, 404, 'model_not_found', 'baseline'],
    ['divergences', { baseline: 'here', derivative: 'gone', text: 'a' }, 404, 'model_not_found', 'derivative'],
    ['scores', { model: 'there', text: 'a' }, 409, 'scoring_unsupported', 'model'],
    ['divergences', { baseline: 'here', derivative: 'there', text: 'a' }, 409, 'scoring_unsupported', 'derivative'],
    ['divergences/series', { baseline: { model: 'gone' }, derivatives: [{ model: 'here' }], texts: [{ text: 'a' }] }, 404, 'model_not_found', 'baseline.model'],
    [
      'divergences/series',
      { baseline: { model: 'here' }, derivatives: [{ model: 'there' }], texts: [{ text: 'a' }] },
      409,
      'scoring_unsupported',
      'derivatives[0].model',
    ],
  ])('of %s names the model that cannot: %j', async (path, body, status, code, param) => {
    const { post } = await startScoring(atOnce);
    const response = await post(path, body, { accept: EVENTS });
    expect([response.status, await errorOf(response)]).toMatchObject([status, { code, param }]);
  });

  it('asks for what the request says, and for no conversation where there is none', async () => {
    const asked: ScoringRequest[] = [];
    const { post } = await startScoring(async (request) => {
      asked.push(request);
      return spell(request.text);
    });
    const messages = [{ role: 'user', content: 'Hi' }] as const;
    await post('scores', { model: 'here', text: 'é', messages, top_logprobs: 128 });
    await post('scores', { model: 'here', text: 'é' });
    expect(asked).toEqual([
      { messages, text: 'é', alternatives: 128 },
      { messages: [], text: 'é', alternatives: 0 },
    ]);
  });

  it('is JSON, each token with its bytes, part of a character spelled by them', async () => {
    const { post } = await startScoring(atOnce);
    const response = await post('scores', { model: 'here', text: 'aé' });
    expect(await response.json()).toEqual({
      status: 'success',
      score: {
        model: 'here',
        method: 'prefill',
        exact: true,
        vocabulary: 'bytes',
        tokens: [
          { text: 'a', bytes: [0, 1], logprob: -1, rank: null, top: [] },
          { text: 'bytes:\\xc3', bytes: [1, 2], logprob: -1, rank: null, top: [] },
          { text: 'bytes:\\xa9', bytes: [2, 3], logprob: -1, rank: null, top: [] },
        ],
        summary: { tokens: 3, bytes: 3, characters: 2, log_likelihood: -3, perplexity: Math.E, bits_per_byte: expect.closeTo(1 / Math.LN2, 9) as number },
      },
    });
  });

  it('is refused where the tokens spell another text', async () => {
    const { post } = await startScoring(async ({ text }) => spell(text.toLowerCase()));
    expect(await errorOf(await post('scores', { model: 'here', text: 'Ab' }))).toMatchObject({ code: 'scoring_unsupported', param: 'model' });
  });

  it('comes as events where they are asked for, at most ten a second before the last', async () => {
    const { post } = await startScoring(async ({ text }, onProgress) => {
      const clock = jest.spyOn(performance, 'now');
      for (let ms = 1; ms <= 1_000; ms++) {
        clock.mockReturnValue(ms);
        onProgress(ms / 1_000);
      }
      clock.mockRestore();
      return spell(text);
    });
    const response = await post('scores', { model: 'here', text: 'a' }, { accept: EVENTS });
    expect(response.headers.get('content-type')).toMatch(EVENTS);
    const events = await eventsOf(response);
    expect(events.slice(0, -1)).toEqual(Array.from({ length: 10 }, (_, tenth) => ({ done: false, progress: tenth / 10 + 0.001 })));
    expect(events.at(-1)).toMatchObject({ done: true, score: { model: 'here' } });
  });

  it('of two models says how far both are together', async () => {
    const { post } = await startScoring(async ({ text }, onProgress) => {
      onProgress(0.5);
      return spell(text);
    });
    const events = await eventsOf(await post('divergences', { baseline: 'here', derivative: 'here', text: 'ab' }, { accept: EVENTS }));
    expect(events[0]).toEqual({ done: false, progress: 0.25 });
    expect(events.at(-1)).toMatchObject({ done: true, divergence: { comparable: true, bits_per_byte: { baseline: expect.any(Number) as number } } });
  });

  it('of a series says how far all its models and texts are together', async () => {
    const { post } = await startScoring(async ({ text }, onProgress) => {
      onProgress(1);
      return spell(text);
    });
    const body = { baseline: { model: 'here' }, derivatives: [{ model: 'here' }], texts: [{ text: 'ab' }, { text: 'c', messages: [] }] };
    const events = await eventsOf(await post('divergences/series', body, { accept: EVENTS }));
    expect(events[0]).toEqual({ done: false, progress: 0.25 });
    expect(events.at(-1)).toMatchObject({ done: true, series: { texts: 2, points: [{ model: 'here', adapter_scale: null, comparable: true }] } });
    expect(await (await post('divergences/series', body)).json()).toMatchObject({ status: 'success', series: { baseline: { model: 'here' } } });
  });

  it('that fails has a status before the first event, and is told in the last one after it', async () => {
    const tooLong = new Fault('context_length_exceeded', 'The text is too long.');
    const { post } = await startScoring(async ({ text }, onProgress) => {
      if (text === 'late') onProgress(0.5);
      throw tooLong;
    });
    const early = await post('scores', { model: 'here', text: 'early' }, { accept: EVENTS });
    expect([early.status, (await errorOf(early)).code]).toEqual([400, 'context_length_exceeded']);
    const late = await post('scores', { model: 'here', text: 'late' }, { accept: EVENTS });
    expect((await eventsOf(late)).at(-1)).toEqual({
      done: true,
      error: { code: 'context_length_exceeded', message: 'The text is too long.', retryable: false },
    });
  });

  it('tells a fault of one model of two by the field that names it', async () => {
    const { post } = await startScoring(async ({ others, text }) => {
      if (others === undefined) return spell(text);
      throw new Fault('model_invalid', 'It is broken.', { param: 'model' });
    });
    const response = await post('divergences', { baseline: 'here', derivative: 'here', text: 'a' });
    expect([response.status, await errorOf(response)]).toMatchObject([422, { code: 'model_invalid', message: 'It is broken.', param: 'derivative' }]);
  });

  it.each(['*/*', EVENTS])('ends when the client leaves: %s', async (accept) => {
    const { score, whenBegun, whenStopped } = held();
    const { post, quota } = await startScoring(score);
    quota.limit = 1;
    const leaving = new AbortController();
    const answer = post('scores', { model: 'here', text: 'a' }, { accept, signal: leaving.signal }).catch(() => undefined);
    await whenBegun;
    leaving.abort();
    await whenStopped;
    await answer;
  });

  it('counts as an answer being made', async () => {
    const { score, whenBegun } = held();
    const { post, quota } = await startScoring(score);
    quota.limit = 1;
    const leaving = new AbortController();
    const answer = post('scores', { model: 'here', text: 'a' }, { signal: leaving.signal }).catch(() => undefined);
    await whenBegun;
    expect((await post('scores', { model: 'here', text: 'a' })).status).toBe(429);
    leaving.abort();
    await answer;
  });

  it('ends with the session that asked for it', async () => {
    const { score, whenBegun } = held();
    const { post, departures } = await startScoring(score);
    const answer = post('scores', { model: 'here', text: 'a' });
    await whenBegun;
    departures.tell(() => true);
    expect((await answer).status).toBe(401);
  });

  it('is not begun while the server drains', async () => {
    const { post, readiness } = await startScoring(atOnce);
    readiness.startDraining();
    expect((await post('scores', { model: 'here', text: 'a' })).status).toBe(503);
  });
});
