import type { Demands } from '@tandem/api/completion';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
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
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const DONE = event('[DONE]');
const delta = (value: unknown, finishReason: string | null = null) => event({ choices: [{ index: 0, delta: value, finish_reason: finishReason }] });

async function setup(script: Script, remote: Partial<RemoteEndpoint> = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...remote }, client);
  const sink = collect();
  const request = { ...completionRequest(), demands: { logprobs: 1 } };
  return {
    sink,
    ask: (demands: Demands) => source.complete({ ...completionRequest(), demands }, sink, patient()),
    complete: () => source.complete(completionRequest(), sink, patient()),
    completeWithLogprobs: () => source.complete(request, sink, patient()),
  };
}

const streams =
  (...pieces: readonly (string | Uint8Array)[]): Script =>
  async (connection) => {
    await connection.write(EVENT_STREAM_HEAD);
    for (const piece of pieces) await connection.write(chunk(piece));
    await connection.write(LAST_CHUNK);
  };

describe('What a model server says in a field of its own', () => {
  it.each([
    [
      'thoughts as parts',
      [delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }), delta({ content: 'yes' }, 'stop'), DONE],
      'hm',
      'yes',
      'stop',
    ],
    [
      'thoughts in their details',
      [delta({ reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }), chatEvent('yes', 'stop'), DONE],
      'hm',
      'yes',
      'stop',
    ],
    ['a refusal', [delta({ refusal: 'I can' }), delta({ refusal: 'not.' }), delta({}, 'stop'), DONE], '', 'I cannot.', 'content_filter'],
    ['an answer of no number', [event({ choices: [{ index: null, delta: { content: 'yes' }, finish_reason: 'stop' }] }), DONE], '', 'yes', 'stop'],
  ])('is read: %s', async (_, pieces, thoughts, answer, finishReason) => {
    const { sink, complete } = await setup(streams(...pieces));
    await expect(complete()).resolves.toEqual({ finishReason });
    expect([sink.reasoning, sink.answer]).toEqual([thoughts, answer]);
  });

  it.each([
    ['a refusal', { message: { role: 'assistant', content: null, refusal: 'I cannot.' }, finish_reason: 'stop' }, '', 'I cannot.', 'content_filter'],
    [
      'thoughts as parts',
      {
        message: {
          content: [
            { type: 'thinking', thinking: 'hm' },
            { type: 'text', text: 'yes' },
          ],
        },
        finish_reason: 'STOP',
      },
      'hm',
      'yes',
      'stop',
    ],
  ])('is read in an answer that comes at once: %s', async (_, choice, thoughts, answer, finishReason) => {
    const { sink, complete } = await setup((connection) => connection.write(wholeResponse(200, 'application/json', JSON.stringify({ choices: [choice] }))));
    await expect(complete()).resolves.toEqual({ finishReason });
    expect([sink.reasoning, sink.answer]).toEqual([thoughts, answer]);
  });

  it('and nowhere else, where nobody reads it, is no empty answer', async () => {
    const { complete } = await setup(streams(delta({ role: 'assistant' }), delta({ utterance: 'yes' }), delta({}, 'stop'), DONE));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_bad_response', message: expect.stringContaining('"utterance"') });
  });

  it('may be nothing: an empty answer is one', async () => {
    const { sink, complete } = await setup(streams(delta({ role: 'assistant', content: '' }), delta({}, 'stop'), DONE));
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(sink.answer).toBe('');
  });
});

describe('Thoughts in the text of a model server', () => {
  const forms = [
    ['<think>\nhm\n</think>\n\nyes', '\nhm\n', '\n\nyes'],
    ['[THINK]hm[/THINK]yes', 'hm', 'yes'],
    ['<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes', 'hm', 'yes'],
    ['<think>hm', 'hm', ''],
    ['say <think>', '', 'say <think>'],
    ['<thi', '', '<thi'],
  ] as const;

  it.each(forms)('are told from the answer: %j', async (text, thoughts, answer) => {
    const { sink, complete } = await setup(streams(...Array.from(text, (character) => chatEvent(character)), chatEvent(null, 'stop'), DONE));
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect([sink.reasoning, sink.answer]).toEqual([thoughts, answer]);
  });

  it.each<[string, Script, Partial<RemoteEndpoint>]>([
    [
      'Ollama',
      async (connection) =>
        connection.write(
          wholeResponse(
            200,
            'application/x-ndjson',
            `${JSON.stringify({ message: { content: '<think>hm</think>yes' }, done: false })}\n${JSON.stringify({ message: { content: '' }, done: true, done_reason: 'stop' })}\n`,
          ),
        ),
      { protocol: 'ollama' },
    ],
    [
      'TGI',
      streams(
        event({ token: { text: '<think>hm</think>' }, generated_text: null }),
        event({ token: { text: 'yes' }, generated_text: 'x', details: { finish_reason: 'eos_token' } }),
      ),
      { protocol: 'tgi' },
    ],
    ['plain text', (connection) => connection.write(wholeResponse(200, 'text/plain', '<think>hm</think>yes')), { protocol: 'text' }],
    ['a completion', streams(event({ choices: [{ text: '<think>hm</think>yes', finish_reason: 'stop' }] }), DONE), { protocol: 'openai-completions' }],
  ])('are told from the answer by %s', async (_, script, remote) => {
    const { sink, complete } = await setup(script, remote);
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect([sink.reasoning, sink.answer]).toEqual(['hm', 'yes']);
  });

  describe('that a chat template opened', () => {
    const list = (entry: object) => wholeResponse(200, 'application/json', JSON.stringify({ data: [{ id: 'm', ...entry }] }));
    const R1 = { owned_by: 'vllm', root: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B' };

    async function said(models: string, events: readonly string[], remote: Partial<RemoteEndpoint> = {}, demands: Demands = {}) {
      const answer = streams(...events, chatEvent(null, 'stop'), DONE);
      const script: Script = (connection, request) => (request.startsWith('GET') ? connection.write(models) : answer(connection, request));
      const { sink, ask } = await setup(script, { protocol: 'auto', ...remote });
      await ask(demands);
      return [sink.reasoning, sink.answer];
    }

    const open = ['h', 'm</th', 'ink>', 'yes'].map((text) => chatEvent(text));

    it.each<[string, string, Partial<RemoteEndpoint>]>([
      ['by the files that vLLM serves', list(R1), {}],
      ['by the name that SGLang lists', list({ id: 'QwQ-32B', owned_by: 'sglang' }), { model: 'QwQ-32B' }],
      [
        'where the protocol is configured',
        list({ id: 'Qwen/Qwen3-4B-Thinking-2507', owned_by: 'vllm' }),
        { protocol: 'openai-chat', model: 'Qwen/Qwen3-4B-Thinking-2507' },
      ],
    ])('are told from the answer, %s', async (_, models, remote) => {
      expect(await said(models, open, remote)).toEqual(['hm', 'yes']);
    });

    it('are told from the answer where the model opens them again, or the server tells them apart', async () => {
      expect(
        await said(
          list(R1),
          ['<thi', 'nk>hm</think>', 'yes'].map((text) => chatEvent(text)),
        ),
      ).toEqual(['hm', 'yes']);
      const apart = event({ choices: [{ index: 0, delta: { reasoning_content: 'hm' } }] });
      expect(await said(list(R1), [apart, chatEvent('yes')])).toEqual(['hm', 'yes']);
    });

    it.each<[string, string, Partial<RemoteEndpoint>, Demands]>([
      ['of a server that may keep thoughts to itself', list({ ...R1, owned_by: 'someone' }), {}, {}],
      ['of a model that is not known to think', list({ owned_by: 'vllm', root: 'Qwen/Qwen2.5-7B-Instruct' }), {}, {}],
      ['of a preview that has no such template', list({ owned_by: 'vllm', root: 'Qwen/QwQ-32B-Preview' }), {}, {}],
      ['of an answer that a schema binds', list(R1), {}, { format: { type: 'json_object' } }],
      ['of raw text', list(R1), {}, { isRaw: true }],
    ])('are not guessed %s', async (_, models, remote, demands) => {
      expect(await said(models, open, remote, demands)).toEqual(['', 'hm</think>yes']);
    });
  });

  it('are given out as far as they came where the answer breaks off', async () => {
    const { sink, complete } = await setup(async (connection) => {
      await connection.write(responseHead(200, { 'Content-Type': 'text/event-stream' }) + chatEvent('<think>hm</thi'));
      connection.close();
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
    expect(sink.reasoning).toBe('hm</thi');
  });

  it('are not counted among the tokens that something is told of', async () => {
    const token = (text: string) =>
      event({ choices: [{ index: 0, delta: { content: text }, logprobs: { content: [{ token: text, logprob: -1, bytes: null, top_logprobs: [] }] } }] });
    const { sink, completeWithLogprobs } = await setup(streams(...['<think>', 'hm', '</think>', 'y', '<', 'es'].map(token), chatEvent(null, 'stop'), DONE));
    await completeWithLogprobs();
    expect(sink.answer).toBe('y<es');
    expect(sink.likelihoods.map((told) => told.token)).toEqual(['y', '<', 'es']);
  });
});

guardLeaks();
