import { cancelledBy } from './cancelled-by';

function setup() {
  const end = new AbortController();
  let cancelled = 0;
  let settle: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<string>((resolve, reject) => ([settle, fail] = [resolve, reject]));
  const wait = (signal: AbortSignal | undefined = end.signal) => cancelledBy(work, signal, () => (cancelled += 1));
  return { end, wait, settle, fail, cancelled: () => cancelled };
}

describe('work that a signal cancels', () => {
  it('is cancelled when the signal is aborted, and ends as it says', async () => {
    const { end, wait, settle, cancelled } = setup();
    const done = wait();
    expect(cancelled()).toBe(0);
    end.abort();
    expect(cancelled()).toBe(1);
    settle('what there was');
    await expect(done).resolves.toBe('what there was');
  });

  it('is cancelled at once where the signal was aborted before', async () => {
    const { end, wait, settle, cancelled } = setup();
    end.abort();
    const done = wait();
    expect(cancelled()).toBe(1);
    settle('nothing');
    await expect(done).resolves.toBe('nothing');
  });

  it('is not cancelled any more once it has ended, or failed', async () => {
    const first = setup();
    const done = first.wait();
    first.settle('all');
    await done;
    first.end.abort();
    const second = setup();
    const failed = second.wait();
    second.fail(new Error('it broke'));
    await expect(failed).rejects.toThrow('it broke');
    second.end.abort();
    expect([first.cancelled(), second.cancelled()]).toEqual([0, 0]);
  });

  it('needs no signal', async () => {
    const { wait, settle } = setup();
    settle('all');
    await expect(wait(undefined)).resolves.toBe('all');
  });
});
