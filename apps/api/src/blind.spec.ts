import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  type Connection,
  event,
  EVENT_STREAM_HEAD,
  LAST_CHUNK,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import { apiClient } from './testing/kept-comparison';
import { startServer } from './testing/start-server';

const defer = closeAfterEach();
/** Of nothing else than words, and how it ended. */
const FRAME = /^\{"token":"[^"]*","done":false\}$|^\{"token":"","done":true,"finish_reason":"\w+"\}$/;

const END = [
  event({ model: 'secret-name', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  event({ model: 'secret-name', choices: [], usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 } }),
  event('[DONE]'),
];
const send = (connection: Connection, ...events: readonly string[]) => connection.write(Buffer.concat(events.map((each) => chunk(each))));

/** Plays the answer to a prompt. */
type Answer = (connection: Connection) => void | Promise<void>;

async function setup(baseline: Answer, derivative: Answer) {
  const folder = mkdtempSync(join(tmpdir(), 'blind-'));
  defer(() => rmSync(folder, { recursive: true, force: true }));
  const endpoints = await Promise.all(
    [baseline, derivative].map(async (answer) => {
      const model = await startMisbehavingServer(async (connection, request) => {
        if (!request.startsWith('POST')) return connection.write(wholeResponse(404, 'application/json', '{}'));
        await connection.write(EVENT_STREAM_HEAD);
        return answer(connection);
      });
      defer(() => model.close());
      return `http://127.0.0.1:${model.port}`;
    }),
  );
  const entry = (id: string, endpoint: string | undefined) => JSON.stringify([{ id, name: id, endpoint, protocol: 'openai-chat', model: 'm' }]);
  const server = await startServer(folder, { BASELINE_MODELS: entry('old', endpoints[0]), TWODELTA_MODELS: entry('new', endpoints[1]) });
  defer(() => server.stop());
  const ask = apiClient(server.origin);
  const start = async () => {
    const { status, body } = await ask('POST', '/api/blind', {
      baseline: 'old',
      derivative: 'new',
      messages: [{ role: 'user', content: 'Hello' }],
      parameters: { seed: 5 },
    });
    expect(status).toBe(201);
    return body;
  };
  const follow = async (stream: string) => (await ask('GET', `/stream/${stream}`)).text;
  return { ask, start, follow, origin: server.origin };
}

const textOf = (stream: string) => [...stream.matchAll(/^data: (.*)$/gm)].map(([, json = '{}']) => (JSON.parse(json) as { token: string }).token).join('');
const says =
  (...words: string[]): Answer =>
  async (connection) => {
    await send(connection, ...words.map((word) => chatEvent(word)), ...END);
    await connection.write(LAST_CHUNK);
  };

describe('a blind comparison', () => {
  it('tells nothing but words before the vote, and everything with it', async () => {
    const { ask, start, follow } = await setup(says('I am', ' old'), says('I', ' am', ' new'));
    const { id, streams } = await start();
    const texts = await Promise.all([follow(streams.left), follow(streams.right)]);
    for (const text of texts) {
      const frames = [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => json);
      expect(frames.filter((json) => !FRAME.test(json ?? ''))).toEqual([]);
      expect(text).not.toMatch(/secret|seed|usage|timings|_ms|model/);
    }
    expect(texts.map(textOf).toSorted()).toEqual(['I am new', 'I am old']);
    expect((await ask('GET', '/api/store/export')).text).not.toMatch(/left_side|outcome/);
    const { status, body } = await ask('POST', `/api/blind/${id}/vote`, { choice: 'left' });
    expect(status).toBe(200);
    const isOldLeft = textOf(texts[0] ?? '') === 'I am old';
    expect(body.sides).toEqual(isOldLeft ? { left: 'baseline', right: 'derivative' } : { left: 'derivative', right: 'baseline' });
    expect(body.models).toEqual(isOldLeft ? { left: 'old', right: 'new' } : { left: 'new', right: 'old' });
    expect(body.timings.left.total_ms).toBeGreaterThan(0);
    expect(body.outcomes.right).toMatchObject({ usage: { completion_tokens: 3 }, error: null, seed: 5 });
    const { body: summary } = await ask('GET', '/api/votes/summary?baseline=old&derivative=new&blind=true');
    expect(summary.counts[isOldLeft ? 'baseline' : 'derivative']).toBe(1);
    // what is kept of the streams is what it was
    expect(await follow(streams.left)).not.toMatch(/seed|timings/);
  });

  it('is voted on once, by who asked', async () => {
    const { ask, start, follow, origin } = await setup(says('a'), says('b'));
    const { id, streams } = await start();
    await Promise.all([follow(streams.left), follow(streams.right)]);
    expect((await apiClient(origin)('POST', `/api/blind/${id}/vote`, { choice: 'tie' })).status).toBe(404);
    const votes = await Promise.all([1, 2, 3].map(() => ask('POST', `/api/blind/${id}/vote`, { choice: 'tie' })));
    expect(votes.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.tie).toBe(1);
  });

  it('is not voted on while either still answers, and does not show who is faster', async () => {
    let goOn: () => void = () => undefined;
    const slow: Answer = async (connection) => {
      goOn = () => void says('cdef')(connection);
      await send(connection, chatEvent('ab'));
    };
    const { ask, start, origin } = await setup(slow, says('123456'));
    const { id, streams } = await start();
    const readers = await Promise.all(
      [streams.left, streams.right].map(async (stream) => (await fetch(`${origin}/stream/${stream}`)).body!.pipeThrough(new TextDecoderStream()).getReader()),
    );
    const seen = ['', ''];
    const read = async (side: number, isEnough: (text: string) => boolean): Promise<void> => {
      while (!isEnough(textOf(seen[side] ?? ''))) {
        const { done, value } = await readers[side]!.read();
        if (done) return;
        seen[side] += value;
      }
    };
    await Promise.all([0, 1].map((side) => read(side, (text) => text.length >= 2)));
    expect(seen.map(textOf).toSorted()).toEqual(['12', 'ab']);
    expect((await ask('POST', `/api/blind/${id}/vote`, { choice: 'tie' })).body.error.code).toBe('conflict');
    goOn();
    await Promise.all([0, 1].map((side) => read(side, () => false)));
    expect(seen.map(textOf).toSorted()).toEqual(['123456', 'abcdef']);
    expect((await ask('POST', `/api/blind/${id}/vote`, { choice: 'tie' })).status).toBe(200);
  });

  it('tells of a failure without its reason, which the vote tells', async () => {
    const breaking: Answer = async (connection) => {
      await send(connection, chatEvent('half'));
      connection.reset();
    };
    const { ask, start, follow } = await setup(breaking, says('whole'));
    const { id, streams } = await start();
    const texts = await Promise.all([follow(streams.left), follow(streams.right)]);
    const failed = texts.find((text) => text.includes('"error"')) ?? '';
    expect(failed).toMatch(/"error":\{"code":"upstream_error","message":"This side could not answer\. Vote to see why\."/);
    expect(failed).not.toMatch(/127\.0\.0\.1|old|timings/);
    const { body } = await ask('POST', `/api/blind/${id}/vote`, { choice: 'both_bad' });
    const side = body.sides.left === 'baseline' ? 'left' : 'right';
    expect(body.outcomes[side].error?.code).toBe('upstream_incomplete');
  });

  it('is refused in the field at fault', async () => {
    const { ask } = await setup(says('a'), says('b'));
    const asked = { baseline: 'old', derivative: 'new', messages: [{ role: 'user', content: 'x' }] };
    const of = async (more: object) => (await ask('POST', '/api/blind', { ...asked, ...more })).body.error;
    expect(await of({ derivative: 'nobody' })).toMatchObject({ code: 'model_not_found', param: 'derivative' });
    expect(await of({ parameters: { temperature: 3 } })).toMatchObject({ code: 'invalid_request', param: 'parameters.temperature' });
    expect(await of({ parameters: null })).toMatchObject({ code: 'invalid_request', param: 'parameters' });
    expect(await of({ messages: [{ role: 'user', content: 'a\0' }] })).toMatchObject({ code: 'invalid_request', param: 'messages[0].content' });
    expect(await of({ speed: 1 })).toMatchObject({ code: 'unknown_field', param: 'speed' });
  });
});
