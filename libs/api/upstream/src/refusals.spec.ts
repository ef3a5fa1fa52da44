import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  closeAfterEach,
  chatEvent,
  chunk,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  responseHead,
  type Script,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { holdClock } from './testing/hold-clock';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();

async function startServer(script: Script) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  return server;
}

async function setup(script: Script, remote: Partial<RemoteEndpoint> = {}) {
  const server = await startServer(script);
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...remote }, client);
  const sink = collect();
  const complete = (prompt?: string) => source.complete(completionRequest(prompt), sink, patient());
  return { server, source, sink, complete };
}

const json = (status: number, body: unknown, headers = {}) => wholeResponse(status, 'application/json', JSON.stringify(body), headers);
const answering =
  (bytes: string | Uint8Array): Script =>
  (connection) =>
    connection.write(bytes);
const good = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]);
const bodyOf = (request: string | undefined) => JSON.parse(request?.split('\r\n\r\n')[1] ?? 'null') as Record<string, unknown>;

describe('A model server that refuses', () => {
  it.each([
    [400, 'upstream_rejected'],
    [401, 'upstream_auth'],
    [403, 'upstream_auth'],
    [404, 'upstream_rejected'],
    [413, 'upstream_rejected'],
    [422, 'upstream_rejected'],
    [429, 'upstream_rate_limited'],
  ])('with HTTP %d is reported as %s, asked once', async (status, code) => {
    const { server, complete } = await setup(answering(json(status, { error: { message: 'not today' } })));
    await expect(complete()).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [500, 'upstream_error'],
    [502, 'upstream_error'],
    [503, 'upstream_error'],
    [504, 'upstream_timeout'],
    [529, 'upstream_error'],
  ])('with HTTP %d before any byte of an answer is asked once more, and reported as %s', async (status, code) => {
    closeLater(holdClock());
    const { server, complete } = await setup(answering(json(status, { error: { message: 'not today' } })));
    await expect(complete()).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(2);
  });

  it('says how long to wait, within reason', async () => {
    const { complete } = await setup(answering(json(429, { error: 'busy' }, { 'Retry-After': '99999' })));
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_rate_limited',
      retryable: true,
      retryAfterSeconds: 300,
    });
  });

  it('is quoted without the key, the prompt or its page', async () => {
    const quoting: Script = (connection, request) => {
      const prompt = String((bodyOf(request)['messages'] as { content: string }[])[0]?.content);
      void connection.write(json(400, { error: { message: `bad key sk-canary-key for "${prompt}"` } }));
    };
    const { complete } = await setup(quoting, { apiKey: 'sk-canary-key' });
    const message = await complete('a very private prompt').catch((error: Error) => error.message);
    expect(message).toContain('It said: "bad key … for "…""');
    const { complete: completeOnPage } = await setup(answering(wholeResponse(500, 'text/html', '<html>nginx secrets</html>')));
    await expect(completeOnPage()).rejects.toMatchObject({ message: expect.not.stringContaining('nginx') });
  });

  it('is not read without end', async () => {
    const { complete } = await setup(async (connection) => {
      await connection.write(responseHead(500, { 'Content-Type': 'application/json' }));
      await connection.write('x'.repeat(200_000));
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_error' });
  });

  it('some of the parameters is asked again without them, and remembered', async () => {
    const strict: Script = (connection, request) => {
      const isRefused = 'top_k' in bodyOf(request);
      return connection.write(isRefused ? json(400, { error: { message: 'Unrecognized request argument supplied: top_k' } }) : good);
    };
    const { server, complete } = await setup(strict);
    await expect(complete()).resolves.toEqual({
      finishReason: 'stop',
      ignoredParameters: ['top_k', 'repetition_penalty'],
    });
    await complete();
    expect(server.requests).toHaveLength(3);
    expect(bodyOf(server.requests[1])).not.toHaveProperty('repetition_penalty');
    expect(bodyOf(server.requests[2])).toMatchObject({ temperature: 0.7, seed: 7 });
  });

  it('the same parameters for ever is given up on', async () => {
    const { server, complete } = await setup(answering(json(400, { error: { message: 'unknown field: top_k' } })));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rejected' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('A model server with too many requests', () => {
  it.each<[string, Record<string, string> | (() => Record<string, string>), number, number]>([
    ['in seconds', { 'Retry-After': '7' }, 7, 7],
    ['as a date', () => ({ 'Retry-After': new Date(Date.now() + 200_000).toUTCString() }), 100, 200],
    ['as a date that is over', { 'Retry-After': 'Fri, 20 Nov 2020 10:00:30 GMT' }, 1, 1],
    ['as more than anyone waits', { 'Retry-After': '31536000' }, 300, 300],
    ['as no time at all', { 'Retry-After': 'later' }, 5, 5],
    ['as a negative one', { 'Retry-After': '-1' }, 1, 1],
    ['not at all', {}, 5, 5],
  ])('that says %s how long to wait is left alone for that long, within reason', async (_, headers, least, most) => {
    closeLater(holdClock());
    const { server, source, complete } = await setup(answering(json(429, { error: 'busy' }, typeof headers === 'function' ? headers() : headers)));
    const refused = await complete().catch((error: unknown) => error as { retryAfterSeconds: number });
    expect(refused).toMatchObject({ code: 'upstream_rate_limited', status: 429, retryable: true });
    const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(least);
    expect(retryAfterSeconds).toBeLessThanOrEqual(most);
    await expect(source.admit(completionRequest(), new AbortController().signal)).rejects.toMatchObject({ code: 'upstream_rate_limited', status: 429 });
    expect(server.requests).toHaveLength(1);
  });
});

describe('A model server that redirects', () => {
  it('to itself, or to its own page without TLS, is asked once', async () => {
    for (const location of ['/v1/chat/completions', 'http://models.example/v1/chat/completions', '//', ':', '']) {
      const { server, complete } = await setup(answering(responseHead(307, { Location: location, 'Content-Length': '0' })));
      await expect(complete()).rejects.toMatchObject({ code: 'upstream_redirect', status: 502 });
      expect(server.requests).toHaveLength(1);
    }
  });

  it.each([301, 302, 303, 307, 308])('with HTTP %d is not followed, and the other host sees nothing', async (status) => {
    let visits = 0;
    const other = await startServer((connection) => {
      visits++;
      return connection.write(good);
    });
    const { complete } = await setup(answering(responseHead(status, { Location: `${other.url.href}x?token=1`, 'Content-Length': '0' })), {
      apiKey: 'sk-canary-key',
    });
    await expect(complete()).rejects.toMatchObject({
      code: 'upstream_redirect',
      message: expect.stringMatching(new RegExp(`redirects to http://127.0.0.1:${other.port} \\(HTTP ${status}\\)`)),
    });
    expect([visits, other.openConnections]).toEqual([0, 0]);
  });
});

describe('A model server that answers with something else', () => {
  const whole = {
    choices: [{ message: { role: 'assistant', content: 'all at once' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 3 },
  };

  it('is understood when it is the whole completion as JSON', async () => {
    const { sink, complete } = await setup(answering(json(200, whole)));
    await expect(complete()).resolves.toEqual({
      finishReason: 'stop',
      usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
    });
    expect(sink.pieces).toEqual(['all at once']);
  });

  it('is read as UTF-8 whatever it calls it', async () => {
    const body = chatEvent('Grüße 🦙', 'stop') + event('[DONE]');
    const { sink, complete } = await setup(answering(wholeResponse(200, 'text/event-stream; charset=iso-8859-1', body)));
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('Grüße 🦙');
  });

  it('is understood when the stream has no content type', async () => {
    const { sink, complete } = await setup(answering(responseHead(200, { Connection: 'close' }) + chatEvent('a', 'stop') + 'data: [DONE]\n\n'));
    const end = complete();
    await expect(end).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.pieces).toEqual(['a']);
  });

  it.each([
    ['an error as JSON with HTTP 200', json(200, { error: { message: 'engine died' } }), 'upstream_error'],
    ['a completion without a finish reason', json(200, { choices: [{ message: { content: 'a' } }] }), 'upstream_incomplete'],
    ['JSON that is none', wholeResponse(200, 'application/json', '{"choices":'), 'upstream_bad_response'],
    ['JSON of another kind', json(200, { hello: 'world' }), 'upstream_bad_response'],
    ['a web page', wholeResponse(200, 'text/html; charset=utf-8', '<html>Log in</html>'), 'upstream_bad_response'],
    ['a web page without saying so', wholeResponse(200, 'text/plain', '<html>Log in</html>'), 'upstream_bad_response'],
    ['nothing', wholeResponse(200, 'text/event-stream', ''), 'upstream_bad_response'],
    ['HTTP 204', responseHead(204), 'upstream_bad_response'],
    ['a compressed stream', wholeResponse(200, 'text/event-stream', 'xx', { 'Content-Encoding': 'gzip' }), 'upstream_bad_response'],
  ])('is reported when it is %s', async (_, bytes, code) => {
    const { complete } = await setup(answering(bytes));
    await expect(complete()).rejects.toMatchObject({ code });
  });

  it('is reported when an event has no end', async () => {
    const { complete } = await setup(async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      for (let n = 0; n < 6; n++) await connection.write(chunk(`${n === 0 ? 'data: ' : ''}${'x'.repeat(1024 * 1024)}`));
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });
});

guardLeaks();
