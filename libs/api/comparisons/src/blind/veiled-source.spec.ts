import type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { PacedAnswer } from './paced-answer';
import { VeiledSource } from './veiled-source';

const REQUEST = { messages: [{ role: 'user', content: 'x' }] } as unknown as CompletionRequest;
const USAGE = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const END: CompletionEnd = {
  finishReason: 'length',
  usage: USAGE,
  cachedTokens: 3,
  timings: { queue_ms: 4, load_ms: 5, tokens_per_second: 99 },
  ignoredParameters: ['top_k'],
};

/** One side that does as the test says, beside one that has ended. */
function setup(complete: CompletionSource['complete'], admit?: CompletionSource['admit']) {
  const [paced, other] = PacedAnswer.pair();
  other.end();
  const told: unknown[] = [];
  const sink: CompletionSink = {
    phase: (...phase) => told.push(['phase', ...phase]),
    text: (text, isReasoning) => told.push([text, isReasoning]),
    call: (piece) => told.push(['call', piece]),
    logprobs: (tokens) => told.push(['logprobs', tokens]),
    hold: () => told.push(['hold']),
  };
  const source = new VeiledSource({ complete, ...(admit ? { admit } : {}) }, paced);
  return { source, told, paced, other, run: (signal = new AbortController().signal) => source.complete(REQUEST, sink, signal) };
}

describe('a source under a veil', () => {
  it('shows its words, its thoughts and how it ended, and nothing else', async () => {
    const { told, run } = setup(async (_, sink) => {
      sink.phase('loading', { progress: 0.5 });
      sink.text('hm', true);
      sink.text('yes');
      sink.call?.({ index: 0, arguments: '' });
      sink.logprobs?.([]);
      return END;
    });
    expect(await run()).toEqual({ finishReason: 'length' });
    expect(told).toEqual([
      ['hm', true],
      ['yes', false],
    ]);
  });

  it('keeps for after the vote what it held back', async () => {
    const { source, run } = setup(async () => END);
    expect(source.unveiled).toEqual({ timings: null, usage: null, error: null, ignored_parameters: [] });
    await run();
    expect(source.unveiled).toEqual({
      timings: { queue_ms: 4, load_ms: 5, ttft_ms: null, total_ms: expect.any(Number), tokens_per_second: 99, source: 'server' },
      usage: USAGE,
      error: null,
      ignored_parameters: ['top_k'],
    });
  });

  it('fails without a reason, which is for after the vote', async () => {
    const fault = new Fault('upstream_unreachable', 'http://10.0.0.1 is down: old-model.', { retryable: true, retryAfterSeconds: 7, param: 'model' });
    const { source, told, run } = setup(async (_, sink) => {
      sink.text('half');
      throw fault;
    });
    const thrown: unknown = await run().catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ code: 'upstream_error', message: 'This side could not answer. Vote to see why.', retryable: true });
    expect(thrown).toMatchObject({ param: undefined, retryAfterSeconds: undefined });
    expect(told).toEqual([['half', false]]);
    expect(source.unveiled).toMatchObject({ error: fault.toFrameError(), usage: null, timings: { source: 'measured' } });
  });

  it('fails alike whatever failed', async () => {
    const messages = [];
    for (const reason of [new Error('old-model'), new Fault('local_model_crashed', 'old-model'), 'old-model']) {
      const { run } = setup(async () => Promise.reject(reason));
      messages.push(await run().catch((thrown: unknown) => [(thrown as Fault).code, (thrown as Fault).message]));
    }
    expect(messages).toEqual(Array.from({ length: 3 }, () => ['upstream_error', 'This side could not answer. Vote to see why.']));
  });

  it('lets the other go on once it has ended, well or not', async () => {
    for (const complete of [async () => END, async () => Promise.reject(new Error('no'))]) {
      const { other, run } = setup(complete);
      const shown: string[] = [];
      other.open((text) => shown.push(text));
      other.receive('long', false);
      expect(shown).toEqual([]);
      await run().catch(() => undefined);
      expect(shown).toEqual(['long']);
    }
  });

  it('asks the source that took the request', async () => {
    const asked: unknown[] = [];
    const admitted: CompletionSource = { complete: async () => END };
    const { source, run } = setup(
      async () => Promise.reject(new Error('not this one')),
      async (...request) => {
        asked.push(request);
        return admitted;
      },
    );
    const left = new AbortController().signal;
    expect(await source.admit(REQUEST, left)).toBe(source);
    expect(asked).toEqual([[REQUEST, left]]);
    expect(await run()).toEqual({ finishReason: 'length' });
  });

  it('takes everything where its source does', async () => {
    const { source, run } = setup(async () => END);
    expect(await source.admit(REQUEST, new AbortController().signal)).toBe(source);
    expect(await run()).toEqual({ finishReason: 'length' });
  });

  it('ends at once where nobody wants it any more, though the other is behind', async () => {
    const [paced] = PacedAnswer.pair();
    const stop = new AbortController();
    const source = new VeiledSource(
      {
        complete: async (_, sink) => {
          sink.text('far ahead');
          stop.abort();
          return { finishReason: 'cancelled' };
        },
      },
      paced,
    );
    expect(await source.complete(REQUEST, { phase: () => undefined, text: () => undefined }, stop.signal)).toEqual({ finishReason: 'cancelled' });
  });
});
