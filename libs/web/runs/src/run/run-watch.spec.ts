import { jest } from '@jest/globals';
import type { RunCounts, RunState } from '@tandem/shared/contracts';
import { RunFailure, type RunDetail, type RunProgress, type RunRequests } from '@tandem/web/data-access';
import { RunWatch } from './run-watch';

const counts = (done: number): RunCounts => ({ total: 4, queued: 4 - done, done, failed: 0 });
const refused = (message: string) => new RunFailure({ code: 'conflict', message, retryable: false });
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
};

function setup(more: Partial<RunRequests> = {}) {
  let now: RunProgress = { state: 'running', counts: counts(1) };
  let read = 0;
  let isClosed = false;
  let tell: (progress: RunProgress) => void = () => undefined;
  const requests = {
    get: async () => ({ id: 'a', ...now, summary: { reads: ++read } }) as unknown as RunDetail,
    act: async (_: string, action: string) => ({ id: 'a', ...now, state: action === 'pause' ? 'paused' : 'running' }),
    remove: async () => undefined,
    follow: (_: string, listener: (progress: RunProgress) => void) => {
      tell = listener;
      return { close: () => (isClosed = true) };
    },
    ...more,
  } as unknown as RunRequests;
  const watch = new RunWatch(requests, 'a');
  const become = (state: RunState, done: number): void => {
    now = { state, counts: counts(done) };
    tell(now);
  };
  return { watch, become, reads: () => read, isClosed: () => isClosed };
}

describe('RunWatch', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('tells how far the run is at once, and reads its figures now and then', async () => {
    const { watch, become, reads } = setup();
    await turns();
    expect([watch.run()?.counts.done, reads(), watch.answered()]).toEqual([1, 1, 1]);
    become('running', 2);
    become('running', 3);
    expect([watch.run()?.counts.done, reads(), watch.answered()]).toEqual([3, 1, 1]);
    jest.advanceTimersByTime(2_000);
    await turns();
    expect([reads(), watch.answered()]).toEqual([2, 3]);
    watch.close();
  });

  it('reads all figures once it is over, and follows it no longer', async () => {
    const { watch, become, reads, isClosed } = setup();
    await turns();
    become('done', 4);
    jest.advanceTimersByTime(0);
    await turns();
    expect([watch.run()?.state, reads(), watch.answered(), isClosed()]).toEqual(['done', 2, 4, true]);
    watch.close();
  });

  it('says why there is no such run', async () => {
    const { watch } = setup({ get: async () => Promise.reject(refused('No run has the id "a".')) });
    await turns();
    expect([watch.run(), watch.fault()?.message]).toEqual([undefined, 'No run has the id "a".']);
    watch.close();
  });

  it('acts on it, and hands on why that was refused', async () => {
    const { watch } = setup();
    await turns();
    await watch.act('pause');
    expect([watch.run()?.state, watch.refusal(), watch.isActing()]).toEqual(['paused', '', false]);
    const late = setup({ act: async () => Promise.reject(refused('It is over.')), remove: async () => Promise.reject(refused('It is at work.')) });
    await turns();
    await late.watch.act('pause');
    expect([late.watch.refusal(), late.watch.run()?.state]).toEqual(['It is over.', 'running']);
    expect([await late.watch.remove(), late.watch.refusal()]).toEqual([false, 'It is at work.']);
    expect(await watch.remove()).toBe(true);
    watch.close();
    late.watch.close();
  });

  it('says nothing more once it is closed', async () => {
    const { watch, become, reads } = setup();
    await turns();
    become('running', 2);
    watch.close();
    jest.advanceTimersByTime(5_000);
    await turns();
    expect(reads()).toBe(1);
  });

  it('stays as it was read last, also when an earlier look is answered later', async () => {
    const looks: ((run: RunDetail) => void)[] = [];
    const { watch } = setup({ get: () => new Promise((answer) => looks.push(answer)) });
    void watch.load();
    looks[1]?.({ id: 'a', state: 'paused', counts: counts(2) } as RunDetail);
    await turns();
    looks[0]?.({ id: 'a', state: 'running', counts: counts(1) } as RunDetail);
    await turns();
    expect([watch.run()?.state, watch.answered()]).toEqual(['paused', 2]);
    watch.close();
  });
});
