import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import { Fault } from '@tandem/api/faults';
import { type ModelCard, NEUTRAL_PARAMETERS, type ParameterDefaults, type SamplingParameters, type StreamFrame } from '@tandem/shared/contracts';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import type { CompletionRequest, CompletionSink, CompletionSource } from './completion-source';
import { Run, type RunOptions } from './run';

const card = { id: 'm' } as ModelCard;
const ask = { messages: [{ role: 'user' as const, content: 'Hi' }], parameters: {} };

function setup(
  complete: CompletionSource['complete'],
  options: RunOptions & { parameters?: object; defaults?: SamplingParameters; configured?: ParameterDefaults } = {},
) {
  const { parameters = {}, defaults, configured = { top_k: 7 } } = options;
  const run = new Run({ card, defaults: configured, source: { complete } }, { ...ask, parameters, ...(defaults ? { defaults } : {}) }, options);
  const frames = () => lastValueFrom(run.follow().pipe(toArray())).then((all) => all.map(({ frame }) => frame));
  return { run, frames };
}

const says =
  (...texts: string[]): CompletionSource['complete'] =>
  async (_, sink) => {
    for (const text of texts) sink.text(text);
    return { finishReason: 'stop' };
  };

/** A source that goes on until it is stopped, and lets the test look inside. */
function endless() {
  let sink!: CompletionSink;
  let signal!: AbortSignal;
  const complete: CompletionSource['complete'] = (_, into, until) => {
    [sink, signal] = [into, until];
    return new Promise((resolve) => until.addEventListener('abort', () => resolve({ finishReason: 'cancelled' })));
  };
  return { complete, sink: () => sink, signal: () => signal };
}

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

describe('Run', () => {
  it('is queued until its first text, where its source says so', async () => {
    const { complete, sink } = endless();
    const { run } = setup(complete);
    const following = run.follow().subscribe();
    expect(run.isQueued).toBe(false);
    sink().phase('queued', { position: 2 });
    expect(run.isQueued).toBe(true);
    sink().text('a');
    expect(run.isQueued).toBe(false);
    following.unsubscribe();
  });

  it('takes what is told of more tokens than a call takes arguments', async () => {
    const tokens = Array.from({ length: 200_000 }, () => ({ token: '', logprob: -1, bytes: null, top_logprobs: [] }));
    const { run, frames } = setup(async (_, sink) => {
      sink.logprobs?.(tokens);
      sink.text('a');
      return { finishReason: 'stop' };
    });
    await expect(frames()).resolves.toMatchObject([{ token: 'a' }, { done: true, finish_reason: 'stop' }]);
    expect(run.logprobsOf(1)).toHaveLength(200_000);
  });

  it('keeps what is told of tokens beside the frame of their text, and of the last ones beside the end', async () => {
    const token = (text: string) => ({ token: text, logprob: -1, bytes: null, top_logprobs: [] });
    const { run, frames } = setup(async (_, sink) => {
      sink.logprobs?.([token('a')]);
      sink.logprobs?.([token('b')]);
      sink.text('ab');
      sink.text('c');
      sink.logprobs?.([token('d')]);
      return { finishReason: 'stop' };
    });
    expect(JSON.stringify(await frames())).not.toContain('logprob');
    expect([1, 2, 3].map((number) => run.logprobsOf(number))).toEqual([[token('a'), token('b')], [], [token('d')]]);
  });

  it('keeps the whole fault it ended with', async () => {
    const fault = new Fault('upstream_rate_limited', 'Later.', { retryAfterSeconds: 7, param: 'x' });
    const { run, frames } = setup(async () => {
      throw fault;
    });
    await frames();
    expect(run.fault).toBe(fault);
  });

  it('lets go of its prompt with its end, and keeps its frames', async () => {
    const asked = (): { run: Run; prompt: WeakRef<object> } => {
      const messages = [{ role: 'user' as const, content: 'x'.repeat(1_000) }];
      return { run: new Run({ card, defaults: {}, source: { complete: says('Yes') } }, { messages, parameters: {} }), prompt: new WeakRef(messages) };
    };
    const { run, prompt } = asked();
    await lastValueFrom(run.follow());
    for (let attempt = 0; prompt.deref() !== undefined && attempt < 100; attempt++) await new Promise(setImmediate).then(collectGarbage);
    expect(prompt.deref()).toBeUndefined();
    expect(run.outcome).toMatchObject({ done: true, finish_reason: 'stop' });
    expect(run.hasAfter(0)).toBe(true);
  });

  it('numbers its frames from 1 and ends with exactly one end frame', async () => {
    const { run } = setup(says('Hel', 'lo'));
    const all = await lastValueFrom(run.follow().pipe(toArray()));
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(all.map(({ frame }) => frame.done)).toEqual([false, false, true]);
  });

  it('sends every sampling value explicitly: what was asked, else the model default, else the contract default', async () => {
    let seen!: CompletionRequest;
    const { frames } = setup(
      async (request) => {
        seen = request;
        return { finishReason: 'stop' };
      },
      { parameters: { temperature: 0 } },
    );
    const [end] = await frames();
    expect(seen.parameters).toMatchObject({ temperature: 0, top_k: 7, top_p: 0.9, repetition_penalty: 1.1, max_tokens: 512, stop: [] });
    expect(end).toMatchObject({ seed: seen.parameters.seed });
  });

  it('takes the values of where the prompt came in before none but its own', async () => {
    const seen: CompletionRequest[] = [];
    const complete: CompletionSource['complete'] = async (request) => {
      seen.push(request);
      return { finishReason: 'stop' };
    };
    await setup(complete, { defaults: NEUTRAL_PARAMETERS, parameters: { temperature: 0 } }).frames();
    expect(seen[0]?.parameters).toMatchObject({ temperature: 0, top_k: 7, top_p: 1, repetition_penalty: 1 });
    expect(seen[0]).not.toHaveProperty('defaults');
  });

  it('says what the model is never to be sent, whatever is asked', async () => {
    const seen: CompletionRequest[] = [];
    const complete: CompletionSource['complete'] = async (request) => {
      seen.push(request);
      return { finishReason: 'stop' };
    };
    await setup(complete, { configured: { temperature: null, top_k: 7 }, parameters: { temperature: 0.3 } }).frames();
    await setup(complete).frames();
    expect(seen[0]).toMatchObject({ unsent: ['temperature'], parameters: { temperature: 0.3, top_k: 7 } });
    expect(seen[1]).not.toHaveProperty('unsent');
  });

  it('keeps the text that came before a fault', async () => {
    const { frames } = setup(async (_, sink) => {
      sink.text('half');
      throw new Fault('upstream_incomplete', 'The connection closed early.', { retryable: true });
    });
    expect(await frames()).toEqual([
      { token: 'half', done: false },
      expect.objectContaining({ done: true, error: { code: 'upstream_incomplete', message: 'The connection closed early.', retryable: true } }),
    ]);
  });

  it('tells progress at most ten times a second, and the places in a queue all', async () => {
    jest.useFakeTimers();
    const { complete, sink } = endless();
    const { run } = setup(complete);
    const told: StreamFrame[] = [];
    const following = run.follow().subscribe(({ frame }) => told.push(frame));
    for (let progress = 0; progress < 1; progress += 0.01) {
      sink().phase('loading', { progress });
      jest.advanceTimersByTime(10);
    }
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThanOrEqual(10);
    const before = told.length;
    for (const position of [3, 2, 1]) sink().phase('queued', { position });
    expect(told).toHaveLength(before + 3);
    following.unsubscribe();
    jest.useRealTimers();
  });

  it('tells each percent of progress once', async () => {
    const { frames } = setup(async (_, sink) => {
      for (const progress of [0.101, 0.102, 0.104]) sink.phase('loading', { progress });
      sink.phase('queued', { position: 2 });
      sink.phase('queued', { position: 1 });
      return { finishReason: 'stop' };
    });
    const told = (await frames()).slice(0, -1);
    expect(told).toEqual([
      { token: '', done: false, phase: 'loading', progress: 0.1 },
      { token: '', done: false, phase: 'queued', position: 2 },
      { token: '', done: false, phase: 'queued', position: 1 },
    ]);
  });

  it('hides what an unexpected error says', async () => {
    const { frames } = setup(async () => {
      throw new Error('secret path');
    });
    const [end] = await frames();
    expect(JSON.stringify(end)).not.toContain('secret path');
    expect(end).toMatchObject({ done: true, error: { code: 'internal_error' } });
  });

  it('ignores what a source says after its end', async () => {
    let late!: CompletionSink;
    const { run, frames } = setup(async (_, sink) => {
      late = sink;
      return { finishReason: 'stop' };
    });
    await frames();
    late.text('late');
    expect(await firstValueFrom(run.follow().pipe(toArray()))).toHaveLength(1);
  });

  it('stops the work when its last follower leaves', async () => {
    const { complete, signal } = endless();
    const { run } = setup(complete);
    const [first, second] = [run.follow().subscribe(), run.follow().subscribe()];
    first.unsubscribe();
    expect(signal().aborted).toBe(false);
    second.unsubscribe();
    expect(signal().aborted).toBe(true);
  });

  it('ends as cancelled when it is stopped', async () => {
    const { complete } = endless();
    const { run, frames } = setup(complete);
    const all = frames();
    run.stop();
    expect(await all).toEqual([expect.objectContaining({ done: true, finish_reason: 'cancelled' })]);
  });

  it('ends with the reason when a fault stopped it', async () => {
    const { complete } = endless();
    const { run, frames } = setup(complete);
    const all = frames();
    run.stop(new Fault('server_restarting', 'Restarting.', { retryable: true }));
    expect(await all).toEqual([expect.objectContaining({ error: expect.objectContaining({ code: 'server_restarting' }) })]);
  });

  it('shows a second follower everything it missed, then the rest', async () => {
    const { complete, sink } = endless();
    const { run } = setup(complete);
    const watching = run.follow().subscribe();
    sink().text('a');
    sink().text('b');
    const rest = lastValueFrom(run.follow(1).pipe(toArray()));
    sink().text('c');
    run.stop();
    expect((await rest).map(({ number }) => number)).toEqual([2, 3, 4]);
    watching.unsubscribe();
  });

  describe('with a grace period', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('goes on without a follower, and stops when the period is over', () => {
      const { complete, signal } = endless();
      const { run } = setup(complete, { graceMs: 60_000 });
      run.follow().subscribe().unsubscribe();
      jest.advanceTimersByTime(59_999);
      expect(signal().aborted).toBe(false);
      jest.advanceTimersByTime(1);
      expect(signal().aborted).toBe(true);
    });

    it('goes on when a follower comes back in time', () => {
      const { complete, signal } = endless();
      const { run } = setup(complete, { graceMs: 60_000 });
      run.follow().subscribe().unsubscribe();
      const back = run.follow().subscribe();
      jest.advanceTimersByTime(120_000);
      expect(signal().aborted).toBe(false);
      back.unsubscribe();
      jest.runAllTimers();
    });
  });
});
